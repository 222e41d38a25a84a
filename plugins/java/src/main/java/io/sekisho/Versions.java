package io.sekisho;

import java.io.Serializable;

/** What runs: the engine, its ABI, its Unicode data, and the taxonomy. The digest names this very taxonomy. */
public record Versions(String engine, int abi, String unicode, String taxonomy, String digest, String asOf)
    implements Serializable {}
