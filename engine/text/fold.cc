#include "engine/text/fold.h"

#include <unicode/bytestream.h>
#include <unicode/edits.h>
#include <unicode/normalizer2.h>

#include <array>
#include <atomic>
#include <memory>
#include <new>
#include <string>

#include "absl/strings/str_cat.h"
#include "engine/text/utf8.h"

namespace sekisho::text {
namespace {

absl::Status IcuError(UErrorCode status) {
  if (status == U_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
  return absl::InternalError(absl::StrCat("ICU: ", u_errorName(status)));
}

// ICU makes its normaliser once for a process, and where memory runs out while it does, it never tries again. So it is
// made when the library is loaded, not with the first text.
const icu::Normalizer2* NfkcCf(UErrorCode& status) { return icu::Normalizer2::getNFKCCasefoldInstance(status); }
[[maybe_unused]] const bool made_at_loading = [] {
  UErrorCode status = U_ZERO_ERROR;
  return NfkcCf(status) != nullptr;
}();

bool IsSuperscript(uint32_t c) {
  return c == 0xB2 || c == 0xB3 || c == 0xB9 || c == 0x207B || (c >= 0x2070 && c <= 0x2079 && c != 0x2071);
}

bool IsAnyDigit(uint32_t c) { return IsAsciiDigit(c) || (c >= 0xFF10 && c <= 0xFF19); }

void AppendRun(std::string_view folded, uint32_t begin, uint32_t end, Chars& out) {
  for (size_t i = 0; i < folded.size();) {
    const uint32_t c = Decode(folded, i);
    out.push_back({c, begin, end});
  }
}

// Appends the form of `source`, which stands at byte `offset` of the caller's text; ICU's edits give the map.
absl::Status FoldPiece(std::string_view source, uint32_t offset, Chars& out) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc_cf = NfkcCf(status);
  if (U_FAILURE(status)) return IcuError(status);
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded);
  icu::Edits edits;
  nfkc_cf->normalizeUTF8(0, icu::StringPiece(source.data(), static_cast<int32_t>(source.size())), sink, &edits, status);
  if (U_FAILURE(status)) return IcuError(status);
  auto it = edits.getFineIterator();
  while (it.next(status)) {
    const uint32_t src = offset + static_cast<uint32_t>(it.sourceIndex());
    const std::string_view piece(folded.data() + it.destinationIndex(), static_cast<size_t>(it.newLength()));
    if (it.hasChange()) {
      AppendRun(piece, src, src + static_cast<uint32_t>(it.oldLength()), out);
      continue;
    }
    for (size_t i = 0; i < piece.size();) {
      const size_t at = i;
      const uint32_t c = Decode(piece, i);
      out.push_back({c, src + static_cast<uint32_t>(at), src + static_cast<uint32_t>(i)});
    }
  }
  return U_FAILURE(status) ? IcuError(status) : absl::OkStatus();
}

// NFKC turns 10⁵ into 105: an exponent keeps its meaning only when a caret stands before it.
absl::Status FoldMarked(std::string_view source, Chars& out) {
  std::string marked;
  std::vector<uint32_t> origin;
  bool after_digit = false;
  for (size_t i = 0; i < source.size();) {
    const size_t at = i;
    const uint32_t c = Decode(source, i);
    if (IsSuperscript(c) && after_digit) {
      marked += '^';
      origin.push_back(static_cast<uint32_t>(at));
    }
    marked.append(source, at, i - at);
    for (size_t k = at; k < i; ++k) origin.push_back(static_cast<uint32_t>(at));
    after_digit = IsAnyDigit(c);
  }
  origin.push_back(static_cast<uint32_t>(source.size()));
  const size_t first = out.size();
  if (absl::Status s = FoldPiece(marked, 0, out); !s.ok()) return s;
  for (size_t k = first; k < out.size(); ++k) {
    Char& c = out[k];
    uint32_t end = c.end;
    c.begin = origin[c.begin];
    while (origin[end] <= c.begin) ++end;  // the caret's own character is the superscript
    c.end = origin[end];
  }
  return absl::OkStatus();
}

bool NeedsMarks(std::string_view s) {
  bool after_digit = false;
  for (size_t i = 0; i < s.size();) {
    const uint32_t c = Decode(s, i);
    if (after_digit && IsSuperscript(c)) return true;
    after_digit = IsAnyDigit(c);
  }
  return false;
}

// What the table says of a code point: the one that it becomes, or one of these.
constexpr uint32_t kBound = 0xFFFFFFFF;    // its form hangs on what stands before it
constexpr uint32_t kSeveral = 0xFFFFFFFE;  // it becomes more than one; by itself
constexpr uint32_t kGone = 0xFFFFFFFD;     // it becomes nothing

// Pages of 256 code points, asked of ICU when the first of them is met; shared by all threads and never freed. A page
// that two threads make at once is the same page.
class Table {
 public:
  // kBound when ICU has no data.
  uint32_t Of(uint32_t c) {
    std::atomic<Page*>& slot = pages_[c >> 8];
    Page* page = slot.load(std::memory_order_acquire);
    if (page == nullptr) page = Make(c >> 8, slot);
    return page == nullptr ? kBound : (*page)[c & 255];
  }

 private:
  using Page = std::array<uint32_t, 256>;

  static Page* Make(uint32_t number, std::atomic<Page*>& slot) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* nfkc_cf = NfkcCf(status);
    if (U_FAILURE(status)) return nullptr;
    auto page = std::make_unique<Page>();
    for (uint32_t low = 0; low < 256; ++low) {
      const auto c = static_cast<UChar32>(number << 8 | low);
      (*page)[low] = kBound;
      if (U_IS_SURROGATE(c) || !nfkc_cf->hasBoundaryBefore(c)) continue;
      const icu::UnicodeString form = nfkc_cf->normalize(icu::UnicodeString(c), status);
      if (U_FAILURE(status)) return nullptr;
      const int32_t length = form.countChar32();
      (*page)[low] = length == 0 ? kGone : length > 1 ? kSeveral : static_cast<uint32_t>(form.char32At(0));
    }
    Page* expected = nullptr;
    if (slot.compare_exchange_strong(expected, page.get(), std::memory_order_acq_rel)) return page.release();
    return expected;
  }

  std::array<std::atomic<Page*>, 0x1100> pages_{};
};

Table& FoldTable() {
  static Table table;
  return table;
}

}  // namespace

absl::Status FoldByIcu(std::string_view source, Chars& out) {
  return NeedsMarks(source) ? FoldMarked(source, out) : FoldPiece(source, 0, out);
}

// A text may be cut before every code point that has a boundary before it (Unicode Standard Annex 15, section 9): from
// one such to the next, either the table knows the form, or ICU is asked for just that piece.
absl::Status FoldHybrid(std::string_view source, Chars& out) {
  struct Next {
    uint32_t code = 0, form = 0;
    size_t end = 0;
  };
  Table& table = FoldTable();
  const auto read = [&](size_t at) {
    Next next;
    next.end = at;
    next.code = Decode(source, next.end);
    next.form = next.code >= 0x80 ? table.Of(next.code) : IsAsciiLetter(next.code) ? next.code | 0x20u : next.code;
    return next;
  };
  const size_t n = source.size(), first = out.size();
  bool after_digit = false;
  Next ahead;
  if (n != 0) ahead = read(0);
  for (size_t begin = 0; begin < n;) {
    const Next here = ahead;
    if (after_digit && IsSuperscript(here.code)) {
      out.resize(first);
      return FoldMarked(source, out);
    }
    size_t end = here.end;
    if (end < n) ahead = read(end);
    if (here.form < kGone && (end == n || ahead.form != kBound)) {
      out.push_back({here.form, static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
    } else {
      for (; end < n && ahead.form == kBound; ahead = end < n ? read(end) : Next{}) end = ahead.end;
      absl::Status s = FoldPiece(source.substr(begin, end - begin), static_cast<uint32_t>(begin), out);
      if (!s.ok()) return s;
    }
    after_digit = end == here.end && IsAnyDigit(here.code);
    begin = end;
  }
  return absl::OkStatus();
}

}  // namespace sekisho::text
