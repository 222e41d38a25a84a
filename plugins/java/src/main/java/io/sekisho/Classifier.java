package io.sekisho;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** How to classify: which pack, which lists, within what limits. A small serialisable value, to be captured by the
 * functions of Spark, Kafka Streams or Flink. Safe in any thread: each has its own scanner for each such value, and all
 * threads of a process share one taxonomy for each pack. */
public final class Classifier implements Serializable {
  private static final long serialVersionUID = 2;

  /** Reads {@code json} in Spark: {@code from_json(column, Classifier.JSON_SCHEMA)}. */
  public static final String JSON_SCHEMA =
      "id STRING, taxonomy STRUCT<version: STRING, digest: STRING, as_of: STRING>, "
          + "lists ARRAY<STRUCT<list: STRING, verdict: STRING, candidates: ARRAY<STRUCT<entry: STRING, verdict: STRING, "
          + "score: DOUBLE, title: STRING, title_ja: STRING, cite: STRING, clause: STRING, flags: ARRAY<STRING>, "
          + "missing: ARRAY<STRUCT<id: STRING, en: STRING, ja: STRING>>, "
          + "evidence: ARRAY<STRUCT<field: STRING, begin: INT, end: INT, text: STRING, concept: STRING, "
          + "role: STRING>>>>>>";

  private static final ThreadLocal<Map<Classifier, Scanner>> SCANNERS = ThreadLocal.withInitial(HashMap::new);

  private final String pack;
  private final String lists;
  private final Limits limits;

  /** The taxonomy of the library, all its lists. */
  public Classifier() {
    this(Taxonomies.BUILT_IN, "", Limits.DEFAULT);
  }

  private Classifier(String pack, String lists, Limits limits) {
    this.pack = Objects.requireNonNull(pack);
    this.lists = Objects.requireNonNull(lists);
    this.limits = limits;
  }

  /** A compiled taxonomy at a path that every machine has. */
  public Classifier withPack(String path) {
    return new Classifier(path, lists, limits);
  }

  public Classifier withLists(String... names) {
    return new Classifier(pack, String.join(",", names), limits);
  }

  /** All text of an item but its id, in UTF-8: a longer item is UNKNOWN. Up to 2<sup>32</sup> - 1. 0: 65,536. */
  public Classifier withMaxInputBytes(long bytes) {
    return with(new Limits(bytes, limits.matches(), limits.steps(), limits.memoryBytes()));
  }

  /** Phrases and designators of a text. Beyond them candidates that were found stay, and a list without one is UNKNOWN.
   * Up to 2<sup>32</sup> - 1. 0: 4,096. */
  public Classifier withMaxMatches(long matches) {
    return with(new Limits(limits.inputBytes(), matches, limits.steps(), limits.memoryBytes()));
  }

  /** Words and bytes of a text that are followed to match it; beyond them as beyond the matches. 0: 16,777,216. */
  public Classifier withMaxSteps(long steps) {
    return with(new Limits(limits.inputBytes(), limits.matches(), steps, limits.memoryBytes()));
  }

  /** Memory of an item's words, matches and result: an item that wants more is UNKNOWN. 0: 67,108,864. */
  public Classifier withMaxMemoryBytes(long bytes) {
    return with(new Limits(limits.inputBytes(), limits.matches(), limits.steps(), bytes));
  }

  private Classifier with(Limits changed) {
    return new Classifier(pack, lists, changed);
  }

  public Result classify(Item item) {
    return scanner().classify(item);
  }

  public Result classify(Item item, Context context) {
    return scanner().classify(item, context);
  }

  public String json(Item item) {
    return scanner().json(item);
  }

  public String json(Item item, Context context) {
    return scanner().json(item, context);
  }

  /** As a function of columns, either of which may be null. Where neither says anything every list is UNKNOWN. */
  public String json(String description, String partNumber) {
    return json(Item.of(description, partNumber));
  }

  /** Reads the pack anew, for all threads of this process. If that fails, the one in use stays. */
  public void reload() {
    if (!pack.equals(Taxonomies.BUILT_IN)) Taxonomies.reload(pack);
  }

  public Versions versions() {
    return Taxonomies.describe(pack);
  }

  /** A scanner of the caller's own, who closes it. */
  public Scanner open() {
    return new Scanner(this);
  }

  private Scanner scanner() {
    return SCANNERS.get().computeIfAbsent(this, Scanner::new);
  }

  String pack() {
    return pack;
  }

  String lists() {
    return lists;
  }

  Limits limits() {
    return limits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Classifier that
        && pack.equals(that.pack)
        && lists.equals(that.lists)
        && limits.equals(that.limits);
  }

  @Override
  public int hashCode() {
    return Objects.hash(pack, lists, limits);
  }
}
