// sekisho taxonomy keygen, sign, verify: who stands for a pack. Signing reaches past sekisho.h; verifying does not.
#include <chrono>
#include <cstdio>

#include "engine/compile/compile.h"
#include "engine/compile/numbers.h"
#include "engine/pack/pack.h"
#include "engine/pack/signature.h"
#include "plugins/cli/commands.h"
#include "plugins/cli/files.h"
#include "plugins/cli/keys.h"

namespace sekisho::cli {

namespace {

int32_t Today() {  // UTC, days since 1970-01-01
  return static_cast<int32_t>(
      std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()).time_since_epoch().count());
}

// False, with `out` as it was, for a text that is no date; an empty one leaves it too.
bool ReadDay(int32_t& out, const std::string& text) {
  if (text.empty()) return true;
  const std::optional<int32_t> day = compile::ParseDate(text);
  if (day.has_value()) out = *day;
  return day.has_value();
}

int BadDate(const std::string& text) { return Fault("\"" + text + "\" is not a date (hint: YYYY-MM-DD)"); }

// Whether the folder compiles to this very pack.
int CompareWithSource(const std::string& digest, const std::string& folder) {
  const compile::Compiled compiled = compile::CompileFolder(folder);
  if (compiled.pack.empty()) return Fault(folder + " does not compile (hint: sekisho taxonomy check says why)");
  const auto pack = pack::Pack::FromString(compiled.pack);
  if (!pack.ok()) return Fault(std::string(pack.status().message()));
  if ((*pack)->digest() == digest) {
    std::printf("source     %s compiles to the same bytes\n", folder.c_str());
    return kExitOk;
  }
  std::printf("refused    %s compiles to another pack, %s\n", folder.c_str(), (*pack)->digest().c_str());
  return kExitSomeBad;
}

void Print(const sekisho_taxonomy_info& info) {
  const auto row = [](const char* name, std::string_view value) {
    std::printf("%-10s %.*s\n", name, static_cast<int>(value.size()), value.data());
  };
  row("version", SEKISHO_TEXT(info, version));
  row("digest", SEKISHO_TEXT(info, digest));
  if (info.signer_size == 0) return row("signer", "none");
  row("signer", SEKISHO_TEXT(info, signer));
  row("sequence", std::to_string(info.sequence));
  row("signed on", SEKISHO_TEXT(info, signed_on));
  row("last day", info.last_day_size == 0 ? "none" : SEKISHO_TEXT(info, last_day));
}

}  // namespace

int TaxonomyKeygen(const TrustOptions& options) {
  pack::KeySeed seed = pack::MakeSeed();
  std::string error = WriteKey(options.path + ".key", KeyKind::kSecret, seed);
  if (error.empty()) error = WriteKey(options.path + ".pub", KeyKind::kPublic, pack::PublicKeyOf(seed));
  if (!error.empty()) return Fault(error);
  std::printf(
      "%s.key  secret: who has it can sign in your name\n%s.pub  public: give it to those who shall trust you\n",
      options.path.c_str(), options.path.c_str());
  return kExitOk;
}

int TaxonomySign(const TrustOptions& options) {
  std::string error;
  const std::vector<KeyBytes> keys = ReadKeys(options.key, KeyKind::kSecret, error);
  if (!error.empty()) return Fault(error);
  pack::Claim claim;
  claim.sequence = options.sequence;
  claim.signed_on = Today();
  if (!ReadDay(claim.signed_on, options.signed_on)) return BadDate(options.signed_on);
  if (!ReadDay(claim.last_day, options.last_day)) return BadDate(options.last_day);
  if (claim.last_day < claim.signed_on) {
    return Fault("the last day of use, " + options.last_day + ", is before the day of signing (hint: --signed-on)");
  }
  const auto pack = pack::Pack::Open(options.path);
  if (!pack.ok()) return Fault(std::string(pack.status().message()) + " (hint: sekisho taxonomy compile makes packs)");
  const std::string signed_pack =
      std::string((*pack)->bytes()) + pack::Sign((*pack)->raw_digest(), keys.front(), claim);
  return WriteAside(options.output.empty() ? options.path : options.output, signed_pack);
}

int TaxonomyVerify(const TrustOptions& options) {
  std::string error;
  const Taxonomy taxonomy = LoadTaxonomy(options.path, error);
  if (taxonomy == nullptr) return Fault(error);
  const sekisho_taxonomy_info info = Describe(taxonomy);
  Print(info);
  const int32_t status = VerifyTaxonomy(taxonomy, options, error);
  if (status == SEKISHO_E_INVALID_ARGUMENT || status == SEKISHO_E_BAD_DATE) return Fault(error);
  if (status != SEKISHO_OK) {
    std::printf("refused    %s: %s\n", sekisho_status_name(status), error.c_str());
    return kExitSomeBad;
  }
  std::printf("verified   signed by a trusted key\n");
  return options.source.empty() ? kExitOk : CompareWithSource(std::string(SEKISHO_TEXT(info, digest)), options.source);
}

}  // namespace sekisho::cli
