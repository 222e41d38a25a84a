// The worst texts that we could think of: pieces to repeat. tests/reliability/limits_test.cc takes their time,
// tests/speed/growth.cc counts their instructions.
#pragma once

#include <string>
#include <vector>

struct Worst {
  const char* name;
  std::string unit;        // repeated
  std::string begin = {};  // once, before it
};

inline std::string Repeated(const Worst& input, size_t size) {
  std::string text = input.begin;
  while (text.size() + input.unit.size() <= size) text += input.unit;
  return text;
}

inline const std::vector<Worst>& WorstInputs() {
  static const std::vector<Worst> inputs = {
      {"commas", ","},
      {"ambiguous names as targets", "pump for stinger "},
      {"supply names with marks", "barrel,machine gun p/n 1 "},
      {"commas between letters", "a,"},
      {"弾", "弾"},
      {"combining marks", "か\u3099"},
      {"marks on one letter", "\u0301"},
      {"spaces", " "},
      {"line ends", "\n"},
      {"zero-width characters", "\u200B"},
      {"open brackets", "("},
      {"brackets", "gun (part) "},
      {"nested brackets", "(gun "},
      {"digits", "7"},
      {"digits in words", "1 "},
      {"decimal commas", "1,"},
      {"kanji digits", "一"},
      {"kanji tens", "十"},
      {"kanji powers", "兆"},
      {"long figures in kanji", "一二三四五六七八九一二三四五六七八九一二三四五六"},
      {"powers behind a figure", "億", "9"},
      {"prolonged marks", "ー"},
      {"kana", "ミサイ"},
      {"hyphens", "x-"},
      {"designators", "AN/PVS-14 "},
      {"begins of designators", "AN/"},
      {"quantities", "12.7 mm x "},
      {"temperatures", "99999999999999999 x 10^30 °F "},
      {"measures", "range 310 km, "},
      {"calibres", "7.62x51 "},
      {"calibres in words", ".50 caliber "},
      {"purposes", "mount for "},
      {"purposes in Japanese", "戦車用の"},
      {"platforms", "Ｆ－１５用"},
      {"items", "night vision goggle; "},
      {"joined words", "nightvision"},
      {"one word", "goggle"},
      {"stock numbers", "1005-01-231-0973 "},
      {"words of many phrases", "missile launcher assembly "},
      {"words that turn off", "toy gun "},
      {"denied words", "other than toys "},
      {"exceptions", "except tanks "},
      {"exceptions behind", "戦車を除く"},
      {"titles", "gun: ", "The "},
      {"supply names", "GUN,MACHINE; "},
      {"a supply name without end", "GUN,MACHINE "},
      {"locants", "N,N-", "sarin "},
      {"prose", "radar with antenna for the aircraft, without display; "},
      {"prose in Japanese", "対空レーダー装置（航空機用）の部品及び潜水艦のソーナー、"},
      {"weapons of many kinds",
       "gun, rifle, missile, torpedo, bomb, mine, tank, radar, sonar, fuze, mount, round, magazine, barrel, turret, "},
      {"ambiguous designations", "A-1 B-1 M4 F-16 T-4 P-1 C-2 "},
      {"look-alikes", "gоggle "},
      {"four-byte characters", "𠮷"},
      {"nonsense", "qxz "},
      {"statements without end", "1a001.a.", "ECCN "},
      {"statements", "9A610試 ", "ECCN "},
      {"paragraphs without end", "(i)", "USML VIII(h)"},
      {"rows", "4の項(1)", "輸出令別表第一の"},
      {"properties", "　面積１０㎡", "圧力変換器"},
      {"properties and none", " x製", "圧力変換器 ミサイル"},
      {"words behind a thing", " z", "暗視ゴーグル"},
      {"unknown words behind a space", "x試 ", "ECCN "},
  };
  return inputs;
}
