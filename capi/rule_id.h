// A name for a rule: of what it says, not of where it stands, so that it means the same in every pack that has the
// rule.
#pragma once

#include <string>

#include "engine/pack/pack.h"

namespace sekisho::capi {

// 12 hexadecimal digits of the SHA-256 of the rule's verdict, kind, dates, conditions and missing facts, in words.
std::string RuleId(const pack::Pack& pack, const pack::Rule& rule);

}  // namespace sekisho::capi
