/* In the place of libicudata: an ICU without any data, as programs have that were cut down. */
#include <unicode/udata.h>
#include <unicode/utypes.h>

typedef struct NoData {
  uint16_t header_size;
  uint8_t magic[2];
  UDataInfo info;
  uint8_t padding[8];
  uint32_t count, reserved;
} NoData;

extern const NoData U_ICUDATA_ENTRY_POINT;
const NoData U_ICUDATA_ENTRY_POINT = {
    .header_size = 32,
    .magic = {0xda, 0x27},
    .info = {.size = sizeof(UDataInfo),
             .sizeofUChar = 2,
             .dataFormat = {'T', 'o', 'C', 'P'}, /* a table of contents, of nothing */
             .formatVersion = {1}},
};
