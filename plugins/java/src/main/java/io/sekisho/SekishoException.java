package io.sekisho;

/** What the engine refused: its status, such as SEKISHO_E_NOT_FOUND, and a message with place, cause and hint. */
public final class SekishoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String name;

  SekishoException(int status, String name, String message) {
    super(message);
    this.status = status;
    this.name = name;
  }

  public int status() {
    return status;
  }

  public String name() {
    return name;
  }
}
