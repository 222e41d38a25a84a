// Dated notices on the transaction: who may receive, which country a transfer chain touches. They change no verdict.
#include <algorithm>

#include "engine/decide/treaties.h"

namespace sekisho::decide {
namespace {

void Replace(std::string& text, std::string_view slot, std::string_view value) {
  for (size_t at = text.find(slot); at != text.npos; at = text.find(slot, at + value.size()))
    text.replace(at, slot.size(), value);
}

}  // namespace

void Treaties::Say(const pack::Occasion& occasion, std::string_view from, std::string_view to, Result& result) {
  const auto fill = [&](pack::Text text) -> std::string_view {
    std::string& words = notice_words_.emplace_back(pack_.text(text));
    Replace(words, "{from}", from);
    Replace(words, "{to}", to);
    return words;
  };
  result.notices.push_back({pack_.text(occasion.code), fill(occasion.en), fill(occasion.ja)});
}

void Treaties::NotInForce(const pack::Treaty& treaty, Result& result) {
  const std::string id(pack_.text(treaty.id));
  const std::string& en = notice_words_.emplace_back(id + ": not in force on the day of judgment");
  const std::string& ja = notice_words_.emplace_back(id + "：判定日には効力がない");
  result.notices.push_back({"treaty-not-in-force", en, ja});
}

void Treaties::Notices(const Transaction& transaction, Result& result) {
  chain_.assign(transaction.via.begin(), transaction.via.end());
  if (!transaction.origin.empty() && (chain_.empty() || chain_.front() != transaction.origin))
    chain_.insert(chain_.begin(), transaction.origin);
  if (!transaction.destination.empty() && (chain_.empty() || chain_.back() != transaction.destination))
    chain_.push_back(transaction.destination);
  if (chain_.empty() && transaction.sale.empty()) return;
  for (const pack::Occasion& o : pack_.occasions()) {
    const ListVerdict* list = FindList(result, o.list);
    if (!InForce(o.from, o.to, result.as_of) || list == nullptr) continue;
    const auto flagged = [](const Candidate& c) { return Flagged(c.verdict); };
    if (o.flagged && list->verdict != Verdict::kUnknown &&
        std::none_of(list->candidates.begin(), list->candidates.end(), flagged))
      continue;
    const std::string_view key = pack_.text(o.key);
    if (o.kind == pack::OccasionKind::kSale && key == transaction.sale) Say(o, {}, {}, result);
    if (o.kind == pack::OccasionKind::kCountry && std::find(chain_.begin(), chain_.end(), key) != chain_.end())
      Say(o, {}, {}, result);
    if (o.kind != pack::OccasionKind::kHop || transaction.via.empty()) continue;
    for (size_t i = 1; i < chain_.size(); ++i) {
      if (chain_[i - 1] != chain_[i] && (key == "*" || key == chain_[i - 1])) Say(o, chain_[i - 1], chain_[i], result);
    }
  }
}

}  // namespace sekisho::decide
