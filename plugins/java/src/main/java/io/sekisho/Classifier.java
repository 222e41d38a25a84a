package io.sekisho;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** How to classify: which pack, which lists, up to what size. A small serialisable value, to be captured by the
 * functions of Spark, Kafka Streams or Flink. Safe in any thread: each has its own scanner for each such value, and all
 * threads of a process share one taxonomy for each pack. */
public final class Classifier implements Serializable {
  private static final long serialVersionUID = 1;

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
  private final int maxInputBytes;

  /** The taxonomy of the library, all its lists. */
  public Classifier() {
    this(Taxonomies.BUILT_IN, "", 0);
  }

  private Classifier(String pack, String lists, int maxInputBytes) {
    this.pack = Objects.requireNonNull(pack);
    this.lists = Objects.requireNonNull(lists);
    this.maxInputBytes = maxInputBytes;
  }

  /** A compiled taxonomy at a path that every machine has. */
  public Classifier withPack(String path) {
    return new Classifier(path, lists, maxInputBytes);
  }

  public Classifier withLists(String... names) {
    return new Classifier(pack, String.join(",", names), maxInputBytes);
  }

  /** Longer items come as UNKNOWN. 0: the library's limit. */
  public Classifier withMaxInputBytes(int bytes) {
    if (bytes < 0) throw new IllegalArgumentException("maxInputBytes is negative: " + bytes);
    return new Classifier(pack, lists, bytes);
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

  int maxInputBytes() {
    return maxInputBytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Classifier that
        && pack.equals(that.pack)
        && lists.equals(that.lists)
        && maxInputBytes == that.maxInputBytes;
  }

  @Override
  public int hashCode() {
    return Objects.hash(pack, lists, maxInputBytes);
  }
}
