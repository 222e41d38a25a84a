package io.sekisho;

/** Of a list, a candidate or the whole item, the strictest first. NO_MATCH never says that an item is on no list. */
public enum Verdict {
  /** Every criterion is stated and met. */
  MATCH,
  /** The subject matches; what is missing or ambiguous is named. */
  POSSIBLE,
  /** Only a specially-designed or parts paragraph. */
  CATCH_ALL,
  /** Not judged: a limit or invalid text. Treat as open. */
  UNKNOWN,
  /** A release or exclusion note applies, which is cited. */
  EXCLUDED,
  /** Nothing found in the loaded lists. */
  NO_MATCH;

  private static final Verdict[] BY_NUMBER = values();

  static Verdict of(int number) {
    return BY_NUMBER[number - 1];
  }
}
