package dev.porthole.relay.words;

import java.util.ArrayList;
import java.util.List;

/** Cuts a command string into words the way a POSIX shell quotes them; expands nothing. */
final class ShellWords {
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private char quote;

  private ShellWords() {}

  static List<String> split(String command) throws RefusedException {
    ShellWords splitter = new ShellWords();
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c == '\\' && splitter.quote != '\'' && i + 1 < command.length()) {
        i++;
        splitter.take(command.charAt(i));
      } else {
        splitter.next(c);
      }
    }
    if (splitter.quote != 0) {
      throw new RefusedException("A quote (" + splitter.quote + ") is not closed in the options.");
    }
    splitter.endWord();
    return splitter.words;
  }

  private void next(char c) {
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        take(c);
      }
    } else if (c == '"' || c == '\'') {
      quote = c;
      inWord = true;
    } else if (Character.isWhitespace(c)) {
      endWord();
    } else {
      take(c);
    }
  }

  private void take(char c) {
    word.append(c);
    inWord = true;
  }

  private void endWord() {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
      inWord = false;
    }
  }
}
