// The limits of what is done for one item, in the range that sekisho.h has for each. 0 is the library's default.
package io.sekisho;

import java.io.Serializable;

record Limits(long inputBytes, long matches, long steps, long memoryBytes) implements Serializable {
  static final Limits DEFAULT = new Limits(0, 0, 0, 0);
  private static final long INT = 0xFFFF_FFFFL; // of 32 bits, without a sign

  Limits {
    check("maxInputBytes", inputBytes, INT);
    check("maxMatches", matches, INT);
    check("maxSteps", steps, Long.MAX_VALUE);
    check("maxMemoryBytes", memoryBytes, Long.MAX_VALUE);
  }

  private static void check(String name, long value, long greatest) {
    if (value >= 0 && value <= greatest) return;
    throw new IllegalArgumentException(
        name + " " + value + " is out of range (hint: from 1 to " + greatest + ", or 0 for the default)");
  }
}
