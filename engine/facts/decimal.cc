#include "engine/facts/decimal.h"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

namespace sekisho::facts {
namespace {

// An unsigned integer of 512 bits, enough for mantissa * num * den * 10^k of two sides brought to one denominator.
class Big {
 public:
  explicit Big(uint64_t v = 0) { limbs_[0] = static_cast<uint32_t>(v), limbs_[1] = static_cast<uint32_t>(v >> 32); }
  void Multiply(uint64_t v) {
    const Big low = Times(static_cast<uint32_t>(v));
    Big high = Times(static_cast<uint32_t>(v >> 32));
    high.Shift();
    *this = low;
    Add(high);
  }
  void MultiplyPower10(int n) {
    for (; n > 0; --n) *this = Times(10);
  }
  void Add(const Big& b) {
    uint64_t carry = 0;
    for (size_t i = 0; i < kLimbs; ++i) {
      carry += static_cast<uint64_t>(limbs_[i]) + b.limbs_[i];
      limbs_[i] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
  }
  std::strong_ordering operator<=>(const Big& b) const {
    for (size_t i = kLimbs; i-- > 0;) {
      if (limbs_[i] != b.limbs_[i]) return limbs_[i] <=> b.limbs_[i];
    }
    return std::strong_ordering::equal;
  }
  bool operator==(const Big&) const = default;

 private:
  static constexpr size_t kLimbs = 16;
  Big Times(uint32_t v) const {
    Big out;
    uint64_t carry = 0;
    for (size_t i = 0; i < kLimbs; ++i) {
      carry += static_cast<uint64_t>(limbs_[i]) * v;
      out.limbs_[i] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    return out;
  }
  void Shift() {
    for (size_t i = kLimbs - 1; i > 0; --i) limbs_[i] = limbs_[i - 1];
    limbs_[0] = 0;
  }
  std::array<uint32_t, kLimbs> limbs_{};
};

struct Signed {
  bool negative;
  Big magnitude;
};

uint64_t Magnitude(int64_t v) { return v < 0 ? ~static_cast<uint64_t>(v) + 1 : static_cast<uint64_t>(v); }

// value * num * other_den * 10^shift, where shift makes every exponent non-negative.
Signed Scale(int64_t mantissa, int exponent, int64_t num, int64_t other_den, int shift) {
  Big b(Magnitude(mantissa));
  b.Multiply(static_cast<uint64_t>(num));
  b.Multiply(static_cast<uint64_t>(other_den));
  b.MultiplyPower10(std::clamp(exponent + shift, 0, 80));
  return {mantissa < 0, b};
}

// The same in 128 bits; nothing where it may not fit, which hardly a figure of an item is.
std::optional<__int128> ScaleSmall(int64_t mantissa, int exponent, int64_t num, int64_t other_den, int shift) {
  static constexpr auto kPowers = [] {
    std::array<int64_t, 19> powers{1};
    for (size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
    return powers;
  }();
  const int exponent10 = exponent + shift;  // of the two figures' one is zero, the other not below
  const auto power = static_cast<size_t>(exponent10);
  if (power >= kPowers.size()) return std::nullopt;
  const auto bits = [](uint64_t v) { return std::bit_width(v); };
  if (bits(Magnitude(mantissa)) + bits(Magnitude(num)) + bits(Magnitude(other_den)) + bits(Magnitude(kPowers[power])) >
      126)
    return std::nullopt;
  return static_cast<__int128>(mantissa) * num * other_den * kPowers[power];
}

// Sum of two signed magnitudes needs a subtraction only when signs differ; offsets are all positive and occur in one
// dimension (temperature), so both sides get the other's offset instead: a + oa <=> b + ob.
std::strong_ordering CompareSigned(const Signed& a, const Signed& b) {
  const bool a_zero = a.magnitude == Big(), b_zero = b.magnitude == Big();
  const bool an = a.negative && !a_zero, bn = b.negative && !b_zero;
  if (an != bn) return an ? std::strong_ordering::less : std::strong_ordering::greater;
  return an ? b.magnitude <=> a.magnitude : a.magnitude <=> b.magnitude;
}

constexpr int kMicro = -6;  // the exponent at which temperatures are compared

// Two of them are added and still fit 128 bits.
constexpr __int128 kMost = (static_cast<__int128>(1) << 126) - 1;

// v * 10^exponent, cut towards zero; beyond kMost, that.
__int128 TimesPower10(__int128 v, int64_t exponent) {
  for (; exponent > 0 && v != 0; --exponent) {
    if (v > kMost / 10 || v < -kMost / 10) return v < 0 ? -kMost : kMost;
    v *= 10;
  }
  for (; exponent < 0 && v != 0; ++exponent) v /= 10;
  return v;
}

}  // namespace

bool ParseDecimal(std::string_view s, pack::Decimal& out) {
  out = {0, 0, 0};
  bool negative = false, point = false, any = false;
  int digits = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    const char c = s[i];
    if (c == '-' && i == 0) {
      negative = true;
    } else if (c == '.' && !point) {
      point = true;
    } else if (c >= '0' && c <= '9') {
      any = true;
      if (digits > 0 || c != '0') ++digits;
      if (digits > 18) return false;
      out.mantissa = out.mantissa * 10 + (c - '0');
      if (point) --out.exponent;
    } else {
      return false;
    }
  }
  if (negative) out.mantissa = -out.mantissa;
  return any;
}

std::strong_ordering Compare(const pack::Decimal& a, const pack::Unit& ua, const pack::Decimal& b,
                             const pack::Unit& ub) {
  const int ea = a.exponent + ua.exponent, eb = b.exponent + ub.exponent;
  const bool offsets = ua.offset.mantissa != ub.offset.mantissa || ua.offset.exponent != ub.offset.exponent;
  if (!offsets) {
    const int shift = -std::min(ea, eb);
    const auto small_a = ScaleSmall(a.mantissa, ea, ua.num, ub.den, shift),
               small_b = ScaleSmall(b.mantissa, eb, ub.num, ua.den, shift);
    if (small_a && small_b)
      return *small_a < *small_b   ? std::strong_ordering::less
             : *small_a > *small_b ? std::strong_ordering::greater
                                   : std::strong_ordering::equal;
    return CompareSigned(Scale(a.mantissa, ea, ua.num, ub.den, shift), Scale(b.mantissa, eb, ub.num, ua.den, shift));
  }
  // Temperatures: micro-units, where 18-digit mantissas do not occur.
  const auto micro = [](const pack::Decimal& v, const pack::Unit& u, int e) {
    return TimesPower10(static_cast<__int128>(v.mantissa) * u.num, e - kMicro) / u.den +
           TimesPower10(u.offset.mantissa, u.offset.exponent - kMicro);
  };
  const __int128 x = micro(a, ua, ea), y = micro(b, ub, eb);
  return x < y ? std::strong_ordering::less : x > y ? std::strong_ordering::greater : std::strong_ordering::equal;
}

}  // namespace sekisho::facts
