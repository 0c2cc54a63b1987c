package dev.porthole.client.relay;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Ports as typed: {@code 20000-20999}, or one alone.
 *
 * @param first 1 to 65535
 * @param last at least first, at most 65535
 */
record PortSpan(int first, int last) {

  /** Reads what was typed. */
  static final class Reader implements ITypeConverter<PortSpan> {
    @Override
    public PortSpan convert(String typed) {
      if (!typed.matches("[0-9]{1,5}(-[0-9]{1,5})?")) {
        throw wrong(typed);
      }
      String[] ends = typed.split("-", -1);
      int first = Integer.parseInt(ends[0]);
      int last = Integer.parseInt(ends[ends.length - 1]);
      if (first < 1 || last > 65535 || first > last) {
        throw wrong(typed);
      }
      return new PortSpan(first, last);
    }

    private static TypeConversionException wrong(String typed) {
      return new TypeConversionException(
          "\""
              + typed
              + "\" are no ports: write 20000-20999 (1 to 65535, the first not above the last).");
    }
  }
}
