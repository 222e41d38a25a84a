package io.sekisho;

import java.io.Serializable;

/** What is known of the transaction; any of it may be null. `asOf` is "2026-11-21"; countries are ISO 3166-1 alpha-2;
 * `treaties` names profiles, separated by commas; `via` is a chain of transfers, "JP,US". */
public record Context(
    boolean classified, String asOf, String origin, String destination, String treaties, String via, Sale sale)
    implements Serializable {

  public enum Sale {
    UNKNOWN,
    /** Foreign Military Sales. */
    FMS,
    /** Direct commercial sale. */
    DCS
  }

  public static final Context NONE = new Context(false, null, null, null, null, null, Sale.UNKNOWN);

  public Context {
    sale = sale == null ? Sale.UNKNOWN : sale;
  }

  public static Context asOf(String day) {
    return new Context(false, day, null, null, null, null, null);
  }
}
