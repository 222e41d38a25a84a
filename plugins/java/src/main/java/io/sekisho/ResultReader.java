// A result of libsekisho, read into records. The numbers are the places of fields in the structs of sekisho.h.
package io.sekisho;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

final class ResultReader {
  private static final int FLAG_SME = 1;
  private static final int FLAG_MT = 2;
  private static final Result.Field[] FIELDS = Result.Field.values();
  private static final Result.Role[] ROLES = Result.Role.values();

  private final Memory info = Library.struct(56);
  private final Memory listing = Library.struct(64);
  private final Memory candidate = Library.struct(144);
  private final Memory evidence = Library.struct(128);
  private final Memory note = Library.struct(56);
  private final Input input;

  ResultReader(Input input) {
    this.input = input;
  }

  Result read(Pointer result) {
    Library.check(Library.sekisho_result_describe(info, result), null);
    return new Result(
        Verdict.of(info.getInt(4)),
        Library.text(info, 40),
        each(info.getLong(8), list -> listing(result, list)),
        each(info.getLong(16), notice -> note(Library.sekisho_result_notice(note, result, notice))));
  }

  private Result.Listing listing(Pointer result, long list) {
    Library.check(Library.sekisho_result_list(listing, result, list), null);
    return new Result.Listing(
        Library.text(listing, 8),
        Verdict.of(listing.getInt(4)),
        Library.text(listing, 24),
        Library.text(listing, 40),
        each(listing.getLong(56), at -> candidate(result, list, at)));
  }

  private Result.Candidate candidate(Pointer result, long list, long at) {
    Library.check(Library.sekisho_result_candidate(candidate, result, list, at), null);
    int flags = candidate.getInt(8);
    return new Result.Candidate(
        Library.text(candidate, 16),
        Verdict.of(candidate.getInt(4)),
        candidate.getFloat(12),
        (flags & FLAG_SME) != 0,
        (flags & FLAG_MT) != 0,
        Library.text(candidate, 32),
        Library.text(candidate, 48),
        Library.text(candidate, 64),
        Library.text(candidate, 80),
        Library.text(candidate, 96),
        Library.text(candidate, 128),
        each(candidate.getLong(120), i -> note(Library.sekisho_result_missing(note, result, list, at, i))),
        each(candidate.getLong(112), i -> evidence(Library.sekisho_result_evidence(evidence, result, list, at, i))));
  }

  private Result.Evidence evidence(int status) {
    Library.check(status, null);
    Result.Field field = FIELDS[evidence.getInt(4)];
    return new Result.Evidence(
        field,
        ROLES[evidence.getInt(8)],
        input.position(field, evidence.getLong(16)),
        input.position(field, evidence.getLong(24)),
        Library.text(evidence, 32),
        Library.text(evidence, 48),
        Library.text(evidence, 64),
        Library.text(evidence, 80),
        Library.text(evidence, 96),
        Library.text(evidence, 112));
  }

  private Result.Note note(int status) {
    Library.check(status, null);
    return new Result.Note(Library.text(note, 8), Library.text(note, 24), Library.text(note, 40));
  }

  // The lists of a result are serialisable, as Stream.toList() is.
  private static <T> List<T> each(long count, LongFunction<T> read) {
    return LongStream.range(0, count).mapToObj(read).toList();
  }
}
