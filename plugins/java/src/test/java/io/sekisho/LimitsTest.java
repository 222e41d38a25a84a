// The limits of an item, each at its value and one beyond, and numbers that are none.
package io.sekisho;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitsTest {
  private static final Item LINE = Item.of("machine gun 12.7 mm, length 310 km and printer");
  private static final Item LATE = Item.of("310 km, printer paper and rifle");

  enum Limit {
    maxInputBytes(0xFFFF_FFFFL, "limit-input-size"),
    maxMatches(0xFFFF_FFFFL, "limit-matching"),
    maxSteps(Long.MAX_VALUE, "limit-matching"),
    maxMemoryBytes(Long.MAX_VALUE, "limit-memory");

    private final long greatest;
    private final String notice;

    Limit(long greatest, String notice) {
      this.greatest = greatest;
      this.notice = notice;
    }

    Classifier of(long most) {
      Classifier plain = new Classifier();
      return switch (this) {
        case maxInputBytes -> plain.withMaxInputBytes(most);
        case maxMatches -> plain.withMaxMatches(most);
        case maxSteps -> plain.withMaxSteps(most);
        case maxMemoryBytes -> plain.withMaxMemoryBytes(most);
      };
    }

    /** By a scanner that is closed: the search for the least limit makes many. */
    Result judge(long most, Item item) {
      try (Scanner scanner = of(most).open()) {
        return scanner.classify(item);
      }
    }
  }

  private static List<String> limited(Result result) {
    return result.notices().stream().map(Result.Note::id).filter(id -> id.startsWith("limit-")).toList();
  }

  private static List<Verdict> verdicts(Result result) {
    return result.lists().stream().map(Result.Listing::verdict).toList();
  }

  @ParameterizedTest
  @EnumSource
  void holdsAtItsValueAndBeyond(Limit limit) {
    Result whole = new Classifier().classify(LINE);
    assertEquals(List.of(), limited(whole));
    assertEquals(whole, limit.judge(0, LINE));
    assertEquals(whole, limit.judge(limit.greatest, LINE));

    long least = 1;
    for (long step = 1 << 20; step >= 1; step /= 2) {
      if (!limited(limit.judge(least + step - 1, LINE)).isEmpty()) least += step;
    }
    assertTrue(least > 1 && least < 1 << 20, () -> limit.name());
    if (limit == Limit.maxInputBytes) assertEquals(LINE.description().length(), least);
    assertEquals(whole, limit.judge(least, LINE));

    Result beyond = limit.judge(least - 1, LINE); // what was found stays
    assertEquals(List.of(limit.notice), limited(beyond));
    assertTrue(verdicts(beyond).stream().allMatch(verdict -> verdict.compareTo(Verdict.UNKNOWN) <= 0));
    Result nothing = limit.of(1).classify(LATE);
    assertEquals(List.of(limit.notice), limited(nothing));
    assertTrue(verdicts(nothing).stream().allMatch(Verdict.UNKNOWN::equals));
  }

  @ParameterizedTest
  @EnumSource
  void refusesNumbersOutOfRange(Limit limit) {
    for (long wrong : new long[] {-1, Long.MIN_VALUE, limit.greatest + 1}) {
      String said = assertThrows(IllegalArgumentException.class, () -> limit.of(wrong)).getMessage();
      assertTrue(said.startsWith(limit.name() + " " + wrong + " is out of range"), said);
    }
  }

  @ParameterizedTest
  @EnumSource
  void isPartOfTheValueThatIsSent(Limit limit) throws Exception {
    Classifier one = limit.of(1);
    assertEquals(one, ElsewhereTest.unpack(ElsewhereTest.pack(one)));
    assertNotEquals(one, new Classifier());
    assertNotEquals(one.json(LATE), new Classifier().json(LATE));
  }

  @Test
  void allTogether() {
    Classifier all =
        new Classifier().withMaxInputBytes(1).withMaxMatches(2).withMaxSteps(3).withMaxMemoryBytes(4).withLists("us-usml");
    assertEquals(new Limits(1, 2, 3, 4), all.limits());
  }
}
