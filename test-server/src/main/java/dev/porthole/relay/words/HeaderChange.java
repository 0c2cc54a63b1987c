package dev.porthole.relay.words;

/**
 * A change of a request's header fields, in the order they were given. Names and values are valid.
 */
public sealed interface HeaderChange {

  /** Adds one more field. */
  record Add(String name, String value) implements HeaderChange {}

  /** Removes all fields of a name. */
  record Remove(String name) implements HeaderChange {}

  /** Replaces all fields of a name by one; the only change that applies to Host. */
  record Update(String name, String value) implements HeaderChange {}
}
