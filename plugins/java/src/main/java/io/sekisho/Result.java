package io.sekisho;

import java.io.Serializable;
import java.util.List;

/** What was found of an item, list by list. Treaty verdicts stand in the JSON alone. */
public record Result(Verdict verdict, String asOf, List<Listing> lists, List<Note> notices) implements Serializable {

  /** A control list and its candidates, the strictest first. */
  public record Listing(String list, Verdict verdict, String titleEn, String titleJa, List<Candidate> candidates)
      implements Serializable {}

  public record Candidate(
      String entry,
      Verdict verdict,
      float score,
      boolean significantMilitaryEquipment,
      boolean missileTechnology,
      String titleEn,
      String titleJa,
      String cite,
      String clause,
      String note,
      String rule,
      List<Note> missing,
      List<Evidence> evidence)
      implements Serializable {}

  /** Words of the input that count: `field.substring(begin, end)`, but for attributes, where both count UTF-8 bytes. */
  public record Evidence(
      Field field,
      Role role,
      int begin,
      int end,
      String text,
      String concept,
      String measure,
      String system,
      String labelEn,
      String labelJa)
      implements Serializable {}

  public enum Field {
    DESCRIPTION,
    PART_NUMBER,
    NSN,
    MANUFACTURER,
    ATTRIBUTES
  }

  public enum Role {
    /** What the item is. */
    IS,
    /** What it is for, or part of. */
    FOR,
    /** Anything else that is said of it. */
    HAS
  }

  /** Something missing, or a notice. */
  public record Note(String id, String en, String ja) implements Serializable {}
}
