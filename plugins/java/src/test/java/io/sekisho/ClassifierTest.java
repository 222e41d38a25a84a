// One item and many: results, spans, errors, packs, threads.
package io.sekisho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {
  private final Classifier classifier = new Classifier();

  @Test
  void saysWhatTheCommandLineSays() throws Exception {
    String[] lines =
        Host.run(
                "python3",
                System.getProperty("sekisho.golden"),
                Host.BUILD.resolve("bin/sekisho").toString(),
                Host.PACK.toString())
            .split("\n");
    assertTrue(lines.length >= 300, "golden items: " + lines.length);
    for (String line : lines) {
      String[] cells = line.split("\t", 4);
      assertEquals(cells[3], classifier.json(Item.of(cells[1], cells[2])), cells[0]);
      assertEquals(cells[3], classifier.withPack(Host.PACK.toString()).json(cells[1], cells[2]), cells[0]);
    }
  }

  @Test
  void readsResultsIntoRecordsWithSpansOfJavaStrings() {
    Result result = classifier.classify(Host.GOGGLE);
    assertTrue(result.verdict().compareTo(Verdict.POSSIBLE) <= 0);
    List<Result.Candidate> candidates =
        result.lists().stream().flatMap(list -> list.candidates().stream()).toList();
    assertFalse(candidates.isEmpty());
    int read = 0;
    for (Result.Candidate candidate : candidates) {
      assertFalse(candidate.cite().isEmpty());
      assertFalse(candidate.titleJa().isEmpty());
      for (Result.Evidence evidence : candidate.evidence()) {
        String field =
            evidence.field() == Result.Field.DESCRIPTION ? Host.GOGGLE.description() : Host.GOGGLE.partNumber();
        assertEquals(evidence.text(), field.substring(evidence.begin(), evidence.end()));
        read++;
      }
    }
    assertTrue(read > 0);
  }

  @Test
  void findsNothingInNothingAndNullForNull() {
    assertEquals(Verdict.NO_MATCH, classifier.classify(Item.of("PENCIL")).verdict());
    assertEquals(Verdict.UNKNOWN, classifier.classify(Item.of(null)).verdict());
    assertEquals(classifier.json("-", null), classifier.json((String) null, (String) null));
  }

  @Test
  void looksAtTheListsThatAreNamed() {
    Result result = classifier.withLists("jp-etco", "us-usml").classify(Host.GOGGLE);
    assertEquals(
        List.of("jp-etco", "us-usml"), result.lists().stream().map(Result.Listing::list).sorted().toList());
    SekishoException no =
        assertThrows(SekishoException.class, () -> classifier.withLists("no-such").classify(Host.GOGGLE));
    assertEquals("SEKISHO_E_UNKNOWN_LIST", no.name());
    assertTrue(no.getMessage().contains("no-such"), no.getMessage());
  }

  @Test
  void passesContextAndAttributesOn() {
    assertEquals("2024-05-30", classifier.classify(Host.GOGGLE, Context.asOf("2024-05-30")).asOf());
    SekishoException day =
        assertThrows(SekishoException.class, () -> classifier.classify(Host.GOGGLE, Context.asOf("30/5/2024")));
    assertEquals("SEKISHO_E_BAD_DATE", day.name());
    assertNotEquals(rocket("310 km"), rocket("20 km"));
    SekishoException measure = assertThrows(SekishoException.class, () -> rocket(""));
    assertEquals("SEKISHO_E_BAD_ATTRIBUTE", measure.name());
  }

  private String rocket(String range) {
    return classifier.json(new Item(null, "r1", "SOUNDING ROCKET", null, null, null, Map.of("range", range)));
  }

  @Test
  void saysWhatRuns() {
    Versions versions = classifier.versions();
    assertEquals(1, versions.abi());
    assertTrue(versions.digest().matches("sha256:[0-9a-f]{64}"), versions.digest());
    assertTrue(classifier.json(Host.GOGGLE).contains(versions.digest()));
  }

  @Test
  void takesANewPackAndKeepsTheOldOneWhenThatIsBroken(@TempDir Path folder) throws Exception {
    Path pack = folder.resolve("lists.pack");
    Classifier mine = classifier.withPack(pack.toString());
    SekishoException none = assertThrows(SekishoException.class, () -> mine.classify(Host.GOGGLE));
    assertEquals("SEKISHO_E_NOT_FOUND", none.name());
    Files.copy(Host.PACK, pack);
    String before = mine.json(Host.GOGGLE);
    replace(pack, "no pack ".repeat(512).getBytes());
    assertEquals("SEKISHO_E_NOT_A_PACK", assertThrows(SekishoException.class, mine::reload).name());
    assertEquals(before, mine.json(Host.GOGGLE));
    replace(pack, Files.readAllBytes(Host.PACK));
    mine.reload();
    assertEquals(before, mine.json(Host.GOGGLE));
  }

  // By renaming: a pack in use is mapped, and is never written over.
  private static void replace(Path pack, byte[] bytes) throws Exception {
    Path next = Files.write(pack.resolveSibling("next"), bytes);
    Files.move(next, pack, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void manyThreadsSayTheSame() throws Exception {
    List<Item> items =
        Stream.of("RIFLE,5.56 MILLIMETER", "２５ｍｍ訓練弾", "BOLT", "GYROSCOPE", "V-22用ギアボックス").map(Item::of).toList();
    Callable<String> all = () -> items.stream().map(classifier::json).collect(Collectors.joining());
    String alone = all.call();
    var pool = Executors.newFixedThreadPool(8);
    try {
      for (var future : pool.invokeAll(java.util.Collections.nCopies(200, all))) assertEquals(alone, future.get());
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void aClosedScannerRefuses() {
    Scanner scanner = classifier.open();
    assertEquals(classifier.json(Host.GOGGLE), scanner.json(Host.GOGGLE));
    scanner.close();
    scanner.close();
    assertThrows(IllegalStateException.class, () -> scanner.json(Host.GOGGLE));
  }
}
