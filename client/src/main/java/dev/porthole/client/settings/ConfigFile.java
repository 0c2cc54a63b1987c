package dev.porthole.client.settings;

import dev.porthole.client.console.Surroundings;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads {@code ~/.config/porthole/config.yml}. The nodes are read, not objects, so that each
 * complaint can name its line and nothing a file says is ever instantiated.
 */
final class ConfigFile {
  private static final Set<String> KEYS = Set.of("relay", "user", "token", "name", "identities");

  private final Path file;
  private Optional<String> relay = Optional.empty();
  private Optional<String> user = Optional.empty();
  private Optional<String> token = Optional.empty();
  private Optional<String> name = Optional.empty();
  private List<String> identities = List.of();

  private ConfigFile(Path file) {
    this.file = file;
  }

  /** Where it lies: {@code XDG_CONFIG_HOME} is honoured. */
  static Path location(Surroundings surroundings) {
    return surroundings
        .variable("XDG_CONFIG_HOME")
        .map(Path::of)
        .orElseGet(() -> surroundings.home().resolve(".config"))
        .resolve("porthole")
        .resolve("config.yml");
  }

  /** An absent file says nothing. */
  static Defaults read(Path file) throws ConfigFileException {
    if (!Files.exists(file)) {
      return Defaults.none();
    }
    ConfigFile config = new ConfigFile(file);
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(text);
      if (root != null) {
        config.take(root);
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new ConfigFileException(file + ", line " + line + ": " + e.getProblem() + ".", e);
    } catch (YAMLException | IOException e) {
      if (e instanceof ConfigFileException known) {
        throw known;
      }
      throw new ConfigFileException("Cannot read " + file + ": " + e + ".", e);
    }
    return new Defaults(
        config.relay,
        config.user,
        config.token,
        config.name,
        config.identities,
        config.openToOthers());
  }

  private void take(Node root) throws ConfigFileException {
    if (!(root instanceof MappingNode mapping)) {
      throw wrong(root, "expected keys and values, such as relay: relay.example.com");
    }
    for (NodeTuple entry : mapping.getValue()) {
      String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
      switch (key) {
        case "relay" -> relay = Optional.of(text(key, entry.getValueNode()));
        case "user" -> user = Optional.of(text(key, entry.getValueNode()));
        case "token" -> token = Optional.of(text(key, entry.getValueNode()));
        case "name" -> name = Optional.of(text(key, entry.getValueNode()));
        case "identities" -> identities = texts(entry.getValueNode());
        default ->
            throw wrong(
                entry.getKeyNode(),
                "unknown key \""
                    + key
                    + "\". Known are "
                    + String.join(", ", KEYS.stream().sorted().toList()));
      }
    }
  }

  private String text(String key, Node value) throws ConfigFileException {
    if (value instanceof ScalarNode scalar
        && !scalar.getTag().equals(Tag.NULL)
        && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    throw wrong(value, key + " needs a text");
  }

  private List<String> texts(Node value) throws ConfigFileException {
    if (!(value instanceof SequenceNode sequence)) {
      throw wrong(value, "identities needs a list, such as [~/.ssh/id_ed25519]");
    }
    List<String> texts = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      texts.add(text("identities", item));
    }
    return texts;
  }

  private ConfigFileException wrong(Node where, String what) {
    int line = where.getStartMark().getLine() + 1;
    return new ConfigFileException(file + ", line " + line + ": " + what + ".", null);
  }

  /** What the user should hear about a file that others can read a token in. */
  private Optional<String> openToOthers() {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      boolean open =
          mode.contains(PosixFilePermission.GROUP_READ)
              || mode.contains(PosixFilePermission.OTHERS_READ);
      return open && token.isPresent()
          ? Optional.of(file + " holds a token and others can read it. Run: chmod 600 " + file)
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
