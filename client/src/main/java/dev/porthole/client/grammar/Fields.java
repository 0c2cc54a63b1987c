package dev.porthole.client.grammar;

import java.util.ArrayList;
import java.util.List;

/** Fields between colons; a field in [brackets] may hold colons itself. */
final class Fields {
  private Fields() {}

  /** Brackets are taken off. */
  static List<String> split(String typed) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (at <= typed.length()) {
      int end = end(typed, at);
      fields.add(bare(typed.substring(at, end)));
      at = end + 1;
    }
    return fields;
  }

  private static int end(String typed, int at) {
    int from = at;
    if (typed.startsWith("[", at)) {
      from = typed.indexOf(']', at);
      if (from < 0) {
        throw new IllegalArgumentException("a \"]\" is missing");
      }
    }
    int colon = typed.indexOf(':', from);
    return colon < 0 ? typed.length() : colon;
  }

  private static String bare(String field) {
    if (!field.startsWith("[")) {
      return field;
    }
    if (!field.endsWith("]")) {
      throw new IllegalArgumentException("a \":\" is missing after \"]\"");
    }
    return field.substring(1, field.length() - 1);
  }
}
