#include "bench/peers/rules.h"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "engine/text/utf8.h"

namespace sekisho::peers {
namespace {

using Random = std::mt19937;

// baten, korid: no plural looks like another word.
std::string Word(Random& random) {
  static constexpr std::string_view kFirst = "bcdfghjklmnprtvwz", kVowels = "aeiou", kLast = "dklmnrt";
  std::string out;
  for (size_t k = 0; k < 1 + random() % 2; ++k) {
    out += kFirst[random() % kFirst.size()];
    out += kVowels[random() % kVowels.size()];
  }
  out += kFirst[random() % kFirst.size()];
  out += kVowels[random() % kVowels.size()];
  return out + kLast[random() % kLast.size()];
}

std::vector<std::string> Words(size_t count, Random& random) {
  std::set<std::string> words;
  while (words.size() < count) words.insert(Word(random));
  std::vector<std::string> out(words.begin(), words.end());
  for (size_t i = out.size(); i > 1; --i) std::swap(out[i - 1], out[random() % i]);
  return out;
}

std::string Kanji(size_t length, Random& random) {
  std::string out;
  for (size_t i = 0; i < length; ++i) text::Append(out, 0x5200 + static_cast<uint32_t>(random() % 400) * 7);
  return out;
}

std::string Letters(size_t count, Random& random) {
  std::string out;
  for (size_t i = 0; i < count; ++i) out += static_cast<char>('a' + random() % 26);
  return out;
}

std::string Upper(std::string s) {
  for (char& c : s) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return s;
}

Rule Phrase(const std::vector<std::string>& words, Random& random) {
  const auto word = [&] { return words[random() % words.size()]; };
  const std::string gap = "[-/. ]?", a = word(), b = word(), c = word(), d = word();
  switch (random() % 4) {
    case 0:
      return {"\\b" + a + gap + b + "s?\\b", a + " " + b, ""};
    case 1:
      return {"\\b(?:" + a + "|" + b + ")" + gap + c + "s?\\b", "(" + a + "|" + b + ") " + c, ""};
    case 2:
      return {"\\b" + a + gap + "(?:" + b + "|" + c + "|" + d + ")s?\\b", a + " (" + b + "|" + c + "|" + d + ")", ""};
    default:
      return {"\\b" + a + gap + b + gap + c + "s?\\b", a + " " + b + " " + c, ""};
  }
}

Rule Designator(Random& random) {
  const std::string prefix = Letters(3, random), number = std::to_string(10 + random() % 90);
  return {"\\b" + prefix + "[-/. ]?" + number + "(?:[-/.]?[a-z])?\\b", "", Upper(prefix) + "-" + number + "[A-Z]?"};
}

}  // namespace

std::vector<Rule> MakeRules(size_t count, uint32_t seed) {
  Random random(seed);
  const std::vector<std::string> words = Words(500 + count / 2, random);
  std::vector<Rule> rules;
  std::set<std::string> seen;
  while (rules.size() < count) {
    const uint32_t kind = random() % 100;
    Rule rule;
    if (kind < 80) {
      rule = Phrase(words, random);
    } else if (kind < 92) {
      rule = Designator(random);
    } else {
      const std::string kanji = Kanji(3 + random() % 3, random);
      rule = {kanji, kanji, ""};
    }
    rule.group = static_cast<uint32_t>(rules.size());
    if (seen.insert(rule.regex).second) rules.push_back(std::move(rule));
  }
  return rules;
}

std::vector<std::string> MakeTexts(const std::vector<Rule>& rules, size_t count, uint32_t seed) {
  Random random(seed), words_random(seed + 1);
  const std::vector<std::string> words = Words(4000, words_random);
  // An instance of a rule: its first alternative, designators with their number.
  const auto instance = [](const Rule& rule) {
    std::string out;
    bool skip = false;
    const std::string& written = rule.phrase.empty() ? rule.designator : rule.phrase;
    for (const char c : written) {
      if (c == '[') break;
      if (c == '|') skip = true;
      if (c == ')') skip = false;
      if (!skip && c != '(' && c != ')') out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return out;
  };
  std::vector<std::string> texts;
  while (texts.size() < count) {
    std::string text;
    const uint32_t kind = random() % 100;
    const size_t place = random() % 6;
    for (size_t k = 0; k < 8; ++k) {
      std::string piece = words[random() % words.size()];
      if (k == place && kind < 54) {
        piece = instance(rules[random() % rules.size()]);
        const size_t space = piece.find(' ');
        if (kind >= 4) piece = space == piece.npos ? piece.substr(0, piece.size() - 3) + "q" : piece.substr(0, space);
        if (kind >= 4 && static_cast<unsigned char>(piece[0]) >= 0x80) piece = words[random() % words.size()];
      }
      text += (k == 0 ? "" : " ") + piece;
    }
    if (random() % 10 < 3) text += " " + Kanji(4 + random() % 5, random);
    texts.push_back(std::move(text));
  }
  return texts;
}

void WriteTaxonomy(const std::vector<Rule>& rules, const std::string& folder) {
  namespace fs = std::filesystem;
  fs::create_directories(fs::path(folder) / "concepts");
  fs::create_directories(fs::path(folder) / "grammar");
  std::ofstream(fs::path(folder) / "taxonomy.json") << R"({"version": "1", "as_of": "2026-11-21", "lists": []})";
  nlohmann::json concepts = nlohmann::json::object();
  for (size_t i = 0; i < rules.size(); ++i) {
    const std::string id = "r" + std::to_string(i);
    auto& concept_json = concepts[id];
    concept_json["label"] = {{"en", id}, {"ja", id}};
    if (!rules[i].designator.empty()) {
      concept_json["designators"] = {rules[i].designator};
    } else {
      const bool japanese = static_cast<unsigned char>(rules[i].phrase[0]) >= 0x80;
      concept_json[japanese ? "ja" : "en"] = {rules[i].phrase};
    }
  }
  std::ofstream(fs::path(folder) / "concepts" / "rules.json") << concepts.dump(1);
}

}  // namespace sekisho::peers
