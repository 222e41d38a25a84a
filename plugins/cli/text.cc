#include "plugins/cli/text.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

namespace sekisho::cli {

namespace {

constexpr std::string_view kEllipsis = "…";

// The code point at `i`, U+FFFD for ill-formed bytes; moves `i` behind it.
UChar32 Next(std::string_view text, size_t& i) {
  int32_t at = 0;
  const int32_t size = static_cast<int32_t>(std::min<size_t>(text.size() - i, 8));
  const char* s = text.data() + i;
  UChar32 c = 0;
  U8_NEXT(s, at, size, c);
  i += static_cast<size_t>(at);
  return c;
}

size_t WidthOf(UChar32 c) {
  if (c < 0) return 1;
  if (c < 0x300) return c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0) ? 0 : 1;
  const int8_t type = u_charType(c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  const int32_t width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

struct Glyph {
  std::string text;
  size_t width;
  bool marked;
};

std::vector<Glyph> Glyphs(const std::vector<Span>& spans, Marks marks) {
  std::vector<Glyph> out;
  for (const Span& span : spans) {
    const bool brackets = span.marked && marks == Marks::kBrackets;
    if (brackets) out.push_back({"[", 1, false});
    for (size_t i = 0; i < span.text.size();) {
      const size_t begin = i;
      const UChar32 c = Next(span.text, i);
      const bool control = c >= 0 && (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 ||
                                      (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069));
      std::string text = control ? " " : c < 0 ? "\xEF\xBF\xBD" : span.text.substr(begin, i - begin);
      out.push_back({std::move(text), control ? 1 : WidthOf(c), span.marked && !brackets});
    }
    if (brackets) out.push_back({"]", 1, false});
  }
  return out;
}

// The end of the line that starts at `begin`: after the last space that fits if there is one in its second half.
size_t LineEnd(const std::vector<Glyph>& glyphs, size_t begin, size_t width) {
  size_t used = 0, end = begin, space = 0, space_used = 0;
  while (end < glyphs.size() && used + glyphs[end].width <= width) {
    used += glyphs[end].width;
    if (glyphs[end++].text == " ") space = end, space_used = used;
  }
  if (end == glyphs.size() || (end < glyphs.size() && glyphs[end].text == " ")) return end;
  return space > begin && space_used * 2 >= width ? space : std::max(end, begin + 1);
}

std::string Line(const std::vector<Glyph>& glyphs, size_t begin, size_t end, size_t width, bool cut) {
  while (cut && end > begin) {  // room for the ellipsis
    size_t used = 0;
    for (size_t i = begin; i < end; ++i) used += glyphs[i].width;
    if (used + 1 <= width) break;
    --end;
  }
  std::string out;
  size_t used = 0;
  bool marked = false;
  for (size_t i = begin; i < end; ++i) {
    if (glyphs[i].marked != marked) out += (marked = glyphs[i].marked) ? "\x1b[1;4m" : "\x1b[0m";
    out += glyphs[i].text;
    used += glyphs[i].width;
  }
  if (marked) out += "\x1b[0m";
  if (cut) out += kEllipsis, ++used;
  if (used < width) out.append(width - used, ' ');
  return out;
}

}  // namespace

size_t FindInvalidUtf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    if (static_cast<unsigned char>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const size_t begin = i;
    if (Next(text, i) < 0) return begin;
  }
  return std::string_view::npos;
}

std::string Repaired(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    out += Next(text, i) > 0 ? text.substr(begin, i - begin) : "\xEF\xBF\xBD";
  }
  return out;
}

size_t Width(std::string_view text) {
  size_t width = 0;
  for (size_t i = 0; i < text.size();) width += WidthOf(Next(text, i));
  return width;
}

std::string Fit(std::string_view text, size_t width) {
  return Wrap({{std::string(text), false}}, width, 1, Marks::kBrackets).front();
}

std::vector<std::string> Wrap(const std::vector<Span>& spans, size_t width, size_t max_lines, Marks marks) {
  const std::vector<Glyph> glyphs = Glyphs(spans, marks);
  std::vector<std::string> lines;
  size_t begin = 0;
  while (begin < glyphs.size() && lines.size() < max_lines) {
    const bool last = lines.size() + 1 == max_lines;
    size_t end = LineEnd(glyphs, begin, width);
    const bool cut = last && end < glyphs.size();
    lines.push_back(Line(glyphs, begin, end, width, cut));
    begin = end;
    while (begin < glyphs.size() && glyphs[begin].text == " ") ++begin;
  }
  if (lines.empty()) lines.emplace_back(width, ' ');
  return lines;
}

std::vector<Span> MarkRanges(std::string_view text, std::vector<std::pair<size_t, size_t>> ranges) {
  std::sort(ranges.begin(), ranges.end());
  std::vector<Span> out;
  size_t at = 0;
  const auto add = [&](size_t end, bool marked) {
    if (end > at) out.push_back({std::string(text.substr(at, end - at)), marked});
    at = std::max(at, end);
  };
  for (auto [begin, end] : ranges) {
    begin = std::min(begin, text.size());
    end = std::min(end, text.size());
    if (begin < at) {  // overlaps the one before: one mark
      if (end > at) out.back().text += text.substr(at, end - at);
      at = std::max(at, end);
    } else if (begin < end) {
      add(begin, false);
      add(end, true);
    }
  }
  add(text.size(), false);
  return out;
}

}  // namespace sekisho::cli
