// The C ABI as a sequence of calls, right and wrong: each byte of the input is a call, on handles that may be NULL,
// with structs of wrong sizes and indices out of range. Whatever comes, a status comes back, and nothing is left over.
#include <array>
#include <cstring>
#include <string>

#include "engine/compile/compile.h"
#include "engine/pack/pack.h"
#include "fuzz/check.h"
#include "sekisho.h"

using namespace sekisho;

namespace {

const std::string& Pack(bool is_signed) {
  static const std::string bare = compile::CompileFolder(SEKISHO_SOURCE_DIR "/tests/golden/base").pack;
  static const std::string with =
      bare + pack::Sign((*pack::Pack::FromString(bare))->raw_digest(), pack::KeySeed{1}, {7, 20000, pack::kOpenTo});
  return is_signed ? with : bare;
}

class Program {
 public:
  Program(const uint8_t* data, size_t size) : data_(data), size_(size) {}
  ~Program() {
    for (sekisho_scanner* s : scanners_) sekisho_scanner_free(s);
    for (sekisho_slot* s : slots_) sekisho_slot_free(s);
    for (sekisho_taxonomy* t : taxonomies_) sekisho_taxonomy_release(t);
  }
  void Run() {
    while (size_ > 0) Call(Byte() % 12);
  }

 private:
  static constexpr size_t kHandles = 3;

  uint8_t Byte() {
    if (size_ == 0) return 0;
    --size_;
    return *data_++;
  }
  template <typename T>
  T& Pick(std::array<T, kHandles>& handles) {
    return handles[Byte() % kHandles];
  }
  // One in eight structs has a size that is not its own.
  uint32_t Size(size_t right) {
    const uint8_t b = Byte();
    return b % 8 != 0 ? static_cast<uint32_t>(right) : b % 32;
  }
  sekisho_trust Trust() {
    static const pack::PublicKey key = pack::PublicKeyOf(pack::KeySeed{1});
    sekisho_trust trust = SEKISHO_TRUST_INIT;
    trust.struct_size = Size(sizeof(trust));
    trust.keys = Byte() % 8 != 0 ? key.data() : nullptr;
    trust.key_count = 1;
    trust.least_sequence = Byte() % 10;
    return trust;
  }
  void Checked(int32_t status) {
    FUZZ_CHECK(status <= 0 && std::strcmp(sekisho_status_name(status), "SEKISHO_E_?") != 0);
    FUZZ_CHECK(status != SEKISHO_E_INTERNAL);
    FUZZ_CHECK(std::memchr(error_.message, '\0', sizeof(error_.message)) != nullptr);
  }

  void Call(unsigned call);
  void Load();
  void Classify(sekisho_scanner* scanner);
  void Read(const sekisho_result* result);

  const uint8_t* data_;
  size_t size_;
  sekisho_error error_ = SEKISHO_ERROR_INIT;
  std::array<sekisho_taxonomy*, kHandles> taxonomies_{};
  std::array<sekisho_slot*, kHandles> slots_{};
  std::array<sekisho_scanner*, kHandles> scanners_{};
};

void Program::Load() {
  sekisho_taxonomy*& t = Pick(taxonomies_);
  sekisho_taxonomy_release(t);
  std::string bytes = Pack(Byte() % 2 != 0);
  if (Byte() % 4 == 0) bytes.resize(bytes.size() - std::min<size_t>(bytes.size(), Byte()));
  if (const uint8_t at = Byte(); at % 4 == 0 && !bytes.empty()) bytes[bytes.size() - 1 - at % bytes.size()] ^= 1;
  Checked(sekisho_taxonomy_load_memory(&t, bytes.data(), bytes.size(), &error_));
}

void Program::Classify(sekisho_scanner* scanner) {
  const std::string text(reinterpret_cast<const char*>(data_), std::min<size_t>(size_, Byte() % 64));
  sekisho_item item = SEKISHO_ITEM_INIT;
  item.struct_size = Size(sizeof(item));
  item.kind = Byte() % 6 - 1;
  item.description = Byte() % 16 != 0 ? text.data() : nullptr;
  item.description_size = text.size();
  sekisho_context context = SEKISHO_CONTEXT_INIT;
  context.struct_size = Size(sizeof(context));
  context.as_of = text.data();
  context.as_of_size = Byte() % 4 == 0 ? text.size() : 0;
  const sekisho_result* result = nullptr;
  const int32_t status =
      sekisho_scanner_classify(&result, scanner, &item, Byte() % 2 != 0 ? &context : nullptr, &error_);
  Checked(status);
  FUZZ_CHECK((result != nullptr) == (status == SEKISHO_OK));
  Read(result);
}

void Program::Read(const sekisho_result* result) {
  sekisho_result_info info = SEKISHO_RESULT_INFO_INIT;
  Checked(sekisho_result_describe(&info, result));
  sekisho_list_result list = SEKISHO_LIST_RESULT_INIT;
  list.struct_size = Size(sizeof(list));
  Checked(sekisho_result_list(&list, result, Byte() % 2));
  sekisho_candidate candidate = SEKISHO_CANDIDATE_INIT;
  candidate.struct_size = Size(sizeof(candidate));
  Checked(sekisho_result_candidate(&candidate, result, 0, Byte() % 2));
  sekisho_evidence evidence = SEKISHO_EVIDENCE_INIT;
  Checked(sekisho_result_evidence(&evidence, result, 0, 0, Byte() % 3));
  sekisho_note note = SEKISHO_NOTE_INIT;
  Checked(sekisho_result_missing(&note, result, 0, 0, Byte() % 3));
  Checked(sekisho_result_notice(&note, result, Byte() % 3));
  const char* json = nullptr;
  size_t size = 0;
  const int32_t status = sekisho_result_json(&json, &size, result);
  Checked(status);
  FUZZ_CHECK((status == SEKISHO_OK) == (size > 0));
}

void Program::Call(unsigned call) {
  switch (call) {
    case 0:
    case 1:
      return Load();
    case 2: {
      sekisho_slot*& slot = Pick(slots_);
      sekisho_slot_free(slot);
      return Checked(sekisho_slot_create(&slot, Pick(taxonomies_), &error_));
    }
    case 3: {
      sekisho_slot* slot = Pick(slots_);
      const uint64_t before = sekisho_slot_version(slot);
      const int32_t status = sekisho_slot_set(slot, Pick(taxonomies_));
      FUZZ_CHECK(sekisho_slot_version(slot) == before + (status == SEKISHO_OK ? 1 : 0));
      return Checked(status);
    }
    case 4: {
      const sekisho_trust trust = Trust();
      return Checked(sekisho_slot_demand(Pick(slots_), Byte() % 16 != 0 ? &trust : nullptr, &error_));
    }
    case 5: {
      sekisho_taxonomy*& t = Pick(taxonomies_);
      sekisho_taxonomy_release(t);
      return Checked(sekisho_slot_acquire(&t, Pick(slots_)));
    }
    case 6: {
      sekisho_scanner*& scanner = Pick(scanners_);
      sekisho_scanner_free(scanner);
      sekisho_scanner_options options = SEKISHO_SCANNER_OPTIONS_INIT;
      options.struct_size = Size(sizeof(options));
      const uint32_t limits = Byte();
      options.max_input_bytes = limits % 3 * 16;
      options.max_matches = limits / 3 % 3 * 4;
      options.max_steps = limits / 9 % 3 * 64;
      options.max_memory_bytes = limits / 27 % 3 * 4096;
      return Checked(sekisho_scanner_create(&scanner, Pick(taxonomies_), &options, &error_));
    }
    case 7: {
      sekisho_taxonomy_info info = SEKISHO_TAXONOMY_INFO_INIT;
      info.struct_size = Size(sizeof(info));
      return Checked(sekisho_taxonomy_describe(&info, Pick(taxonomies_)));
    }
    case 8: {
      const sekisho_trust trust = Trust();
      return Checked(sekisho_taxonomy_verify(Pick(taxonomies_), &trust, &error_));
    }
    case 9: {
      const std::string path(reinterpret_cast<const char*>(data_), std::min<size_t>(size_, 4));
      return Checked(sekisho_slot_load_file(Pick(slots_), path.data(), path.size(), &error_));
    }
    default:
      return Classify(Pick(scanners_));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Program(data, size).Run();
  return 0;
}
