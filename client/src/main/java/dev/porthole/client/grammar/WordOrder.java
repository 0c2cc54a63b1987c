package dev.porthole.client.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Puts the words of a command line into the order picocli wants: options, {@code --}, the rest.
 *
 * <p>ssh takes options before and after the host, until the first word of the remote command; from
 * there on every word belongs to the relay. In the short form options may stand anywhere. Clusters
 * such as {@code -NTp443} are taken apart, since ssh's rules and picocli's differ about them.
 */
public final class WordOrder {
  private static final Set<Character> FORWARDS = Set.of('R', 'L');

  private final Predicate<String> takesValue;
  private final Set<String> subcommands;
  private final List<String> options = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private boolean forwardTyped;
  private boolean shortForm;
  private int at;

  private WordOrder(Predicate<String> takesValue, Set<String> subcommands) {
    this.takesValue = takesValue;
    this.subcommands = subcommands;
  }

  /**
   * The same words in picocli's order.
   *
   * @param takesValue whether an option, named with its hyphens, is followed by a value
   * @param subcommands first words that begin a line of another grammar
   */
  public static List<String> arrange(
      List<String> typed, Predicate<String> takesValue, Set<String> subcommands) {
    WordOrder order = new WordOrder(takesValue, subcommands);
    return order.arranged(typed);
  }

  private List<String> arranged(List<String> typed) {
    while (at < typed.size()) {
      String word = typed.get(at++);
      if (word.equals("--")) {
        words.addAll(typed.subList(at, typed.size()));
        break;
      }
      if (word.startsWith("--")) {
        longOption(word, typed);
      } else if (word.startsWith("-") && word.length() > 1) {
        cluster(word, typed);
      } else if (words.isEmpty() && !forwardTyped && subcommands.contains(word)) {
        options.addAll(typed.subList(at - 1, typed.size()));
        return options;
      } else {
        positional(word, typed);
      }
    }
    if (!words.isEmpty()) {
      options.add("--");
      options.addAll(words);
    }
    return options;
  }

  private void positional(String word, List<String> typed) {
    if (words.isEmpty()) {
      shortForm = !forwardTyped && ShortForm.begins(word);
    } else if (!shortForm) {
      words.addAll(typed.subList(at - 1, typed.size()));
      at = typed.size();
      return;
    }
    words.add(word);
  }

  private void longOption(String word, List<String> typed) {
    options.add(word);
    if (!word.contains("=") && takesValue.test(word) && at < typed.size()) {
      options.add(typed.get(at++));
    }
  }

  private void cluster(String word, List<String> typed) {
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      RefusedOptions.sentence(letter)
          .ifPresent(
              sentence -> {
                throw new UsageException(sentence);
              });
      forwardTyped |= FORWARDS.contains(letter);
      options.add("-" + letter);
      if (takesValue.test("-" + letter)) {
        String rest = word.substring(i + 1);
        value(letter, rest, typed);
        return;
      }
    }
  }

  private void value(char letter, String attached, List<String> typed) {
    if (attached.isEmpty() && at >= typed.size()) {
      throw new UsageException("-" + letter + ": its value is missing. See porthole --help");
    }
    String value = attached.isEmpty() ? typed.get(at++) : attached;
    forwardTyped |= letter == 'o' && SshOptions.isForward(value);
    options.add(value);
  }
}
