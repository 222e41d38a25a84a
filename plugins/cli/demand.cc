// What the options ask of a pack, put to the library.
#include "plugins/cli/commands.h"
#include "plugins/cli/keys.h"

namespace sekisho::cli {

int32_t VerifyTaxonomy(const Taxonomy& taxonomy, const Demand& demand, std::string& error) {
  std::vector<uint8_t> keys;
  for (const std::string& file : demand.trusted) {
    for (const KeyBytes& key : ReadKeys(file, KeyKind::kPublic, error)) keys.insert(keys.end(), key.begin(), key.end());
    if (!error.empty()) return SEKISHO_E_INVALID_ARGUMENT;
  }
  sekisho_trust trust = SEKISHO_TRUST_INIT;
  trust.keys = keys.data();
  trust.key_count = keys.size() / SEKISHO_KEY_SIZE;
  trust.least_sequence = demand.least_sequence;
  SEKISHO_PUT(trust, today, demand.today);
  sekisho_error cause = SEKISHO_ERROR_INIT;
  const int32_t status = sekisho_taxonomy_verify(taxonomy.get(), &trust, &cause);
  if (status != SEKISHO_OK) error = cause.message;
  return status;
}

Taxonomy LoadTaxonomy(const Judging& options, std::string& error) {
  Taxonomy taxonomy = LoadTaxonomy(options.taxonomy, error);
  if (taxonomy == nullptr || (options.trusted.empty() && options.least_sequence == 0)) return taxonomy;
  if (VerifyTaxonomy(taxonomy, options, error) == SEKISHO_OK) return taxonomy;
  return nullptr;
}

}  // namespace sekisho::cli
