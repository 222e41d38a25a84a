/* Sekisho: an embedded export-control classification engine. This is its only public header (C99 and C++11).
 *
 * An item's description and part number go in; out come the entries of the loaded control lists that it may fall
 * under, each with a verdict, a citation, what is still missing, and the bytes of the input that matched. Nothing that
 * comes out says that an item is free to go: SEKISHO_NO_MATCH means "nothing found in the loaded lists".
 *
 *   sekisho_taxonomy  the compiled lists; immutable, counted, shared by any number of threads
 *   sekisho_slot      holds the current taxonomy of a running program, so that a new one can take its place
 *   sekisho_scanner   the scratch memory of one thread at a time
 *   sekisho_result    what was found of the last item; belongs to its scanner
 *
 * RULES OF THE HOUSE
 * - Status. A function that can fail returns int32_t: SEKISHO_OK (0), or a negative SEKISHO_E_… value, fixed for ever.
 *   On failure, outputs are set to NULL, 0 or zero bytes.
 * - Outputs come first. Where the last parameter is a `sekisho_error *`, it may be NULL; otherwise the place, the cause
 *   and a hint are written to it. It is the caller's memory: there is no hidden error state of a thread.
 * - Text is UTF-8, given as pointer and size in bytes, not ended by NUL (NULL is allowed where the size is 0).
 * - A struct starts with `struct_size`, which the caller sets to sizeof of the struct that it was compiled with (the
 *   SEKISHO_…_INIT macros do). Later versions only append fields, so old programs go on to run on new libraries. A
 *   struct that is larger than the library knows is accepted if the fields unknown to it are zero. No struct will ever
 *   be larger than 4,096 bytes: a greater struct_size is refused.
 * - What the library returns as pointer belongs to the handle that it was asked of. Nothing is freed by the caller but
 *   handles, each by its own function; freeing NULL does nothing.
 * - A handle that is none, of another kind or freed already gives SEKISHO_E_INVALID_ARGUMENT, as long as the memory
 *   that it points to can be read: a help in finding mistakes, no licence to make them. Freeing it does nothing.
 * - Fork. What a thread has it may use in a child that it forks; slots are whole and free there. A scanner in which
 *   another thread was at work stays SEKISHO_E_BUSY in the child.
 * - Nothing is printed, no signal, locale, environment variable or network is used, and no C++ exception comes out.
 */
#ifndef SEKISHO_H_
#define SEKISHO_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Before every function that the library shows. */
#if defined(__GNUC__)
#define SEKISHO_API __attribute__((visibility("default")))
#else
#define SEKISHO_API
#endif

/* ---- status -------------------------------------------------------------------------------------------------- */

#define SEKISHO_OK 0                    /* success; every failure is negative */
#define SEKISHO_E_INVALID_ARGUMENT (-1) /* a NULL or size that must not be, a handle that is none, an unknown kind */
#define SEKISHO_E_NOMEM (-2)            /* out of memory */
#define SEKISHO_E_INTERNAL (-3)         /* a bug of the library: please report it */
#define SEKISHO_E_UNSUPPORTED (-4)      /* a field is set that this version of the library does not know */
#define SEKISHO_E_BUSY (-5)             /* the scanner is at work in another thread */
#define SEKISHO_E_OUT_OF_RANGE (-6)     /* an index is not less than its count */
#define SEKISHO_E_NOT_FOUND (-7)        /* no such file */
#define SEKISHO_E_IO (-8)               /* the file cannot be read */
#define SEKISHO_E_NOT_A_PACK (-9)       /* the file or memory is something else than a compiled taxonomy */
#define SEKISHO_E_PACK_VERSION (-10)    /* a compiled taxonomy of a format that this library does not read */
#define SEKISHO_E_PACK_DAMAGED (-11)    /* cut short or altered: its digest does not agree */
#define SEKISHO_E_UNKNOWN_LIST (-12)    /* the taxonomy has no list of that name */
#define SEKISHO_E_BAD_DATE (-13)        /* not a date as YYYY-MM-DD, or a date in the future */
#define SEKISHO_E_BAD_ATTRIBUTE (-14)   /* an attribute that is not a measure of the taxonomy, or without a quantity */
#define SEKISHO_E_UNKNOWN_TREATY (-15)  /* the taxonomy has no treaty profile of that name */
#define SEKISHO_E_UNSIGNED (-16)        /* a signed pack is demanded, and this one is not signed */
#define SEKISHO_E_UNTRUSTED_KEY (-17)   /* signed with a key that is not among the trusted ones */
#define SEKISHO_E_BAD_SIGNATURE (-18)   /* altered after signing: the signature does not fit the pack */
#define SEKISHO_E_PACK_OLDER (-19)      /* signed with a lower sequence number than is demanded: a roll-back */
#define SEKISHO_E_PACK_EXPIRED (-20)    /* signed for use up to a day that has passed */

/* The name of a status, such as "SEKISHO_E_BUSY"; "SEKISHO_E_?" for a value that is none. Ended by NUL, never freed. */
SEKISHO_API const char* sekisho_status_name(int32_t status);

/* Filled in by a function that fails; left alone by one that succeeds. `message` is UTF-8, ended by NUL, cut at a
 * character if need be, in English: place, cause, and a hint. */
typedef struct sekisho_error {
  uint32_t struct_size;
  int32_t status;    /* SEKISHO_E_… */
  char message[504]; /* place, cause, hint */
} sekisho_error;

#define SEKISHO_ERROR_INIT                   \
  {                                          \
    sizeof(sekisho_error), SEKISHO_OK, { 0 } \
  }

/* ---- versions ------------------------------------------------------------------------------------------------ */

#define SEKISHO_ABI_VERSION 1 /* of this header; the 1 of libsekisho.so.1 */

SEKISHO_API const char* sekisho_version(void);         /* of the library, such as "0.1.0"; ended by NUL */
SEKISHO_API const char* sekisho_unicode_version(void); /* of the Unicode data in use, such as "15.0"; ended by NUL */
SEKISHO_API uint32_t sekisho_abi_version(void);        /* SEKISHO_ABI_VERSION of the library that runs */

/* ---- taxonomy ------------------------------------------------------------------------------------------------ */

/* A compiled taxonomy. Immutable: every function that takes a const taxonomy may be called from any thread at any time.
 * Load it before a fork, and parent and children share its memory. Counted: made with a count of one. */
typedef struct sekisho_taxonomy sekisho_taxonomy;

/* Reads the pack at `path` into memory of its own and checks it (format, digest, every index). What becomes of the file
 * later is of no concern: it may be replaced, overwritten, cut or removed. Processes share the memory when they fork
 * after the call.
 * Errors: NOT_FOUND, IO, NOT_A_PACK, PACK_VERSION, PACK_DAMAGED, INVALID_ARGUMENT, NOMEM. */
SEKISHO_API int32_t sekisho_taxonomy_load_file(sekisho_taxonomy** out, const char* path, size_t path_size,
                                               sekisho_error* error);
/* The same, but maps the file: all processes that map it share its pages. Only for a file that is replaced by rename
 * and never written in place: overwriting it alters what was checked, and cutting it ends the program (SIGBUS).
 * Errors: as above. */
SEKISHO_API int32_t sekisho_taxonomy_load_mapped(sekisho_taxonomy** out, const char* path, size_t path_size,
                                                 sekisho_error* error);
/* The same from memory; the bytes are copied. Errors: as above, without those of files. */
SEKISHO_API int32_t sekisho_taxonomy_load_memory(sekisho_taxonomy** out, const void* bytes, size_t size,
                                                 sekisho_error* error);
/* The taxonomy that is part of the library; needs no file. Errors: NOMEM, INVALID_ARGUMENT. */
SEKISHO_API int32_t sekisho_taxonomy_load_builtin(sekisho_taxonomy** out, sekisho_error* error);

/* One more, one less owner. With the last one the taxonomy is freed. Scanners and slots count as owners by themselves.
 * Retain returns its argument, or NULL for what is no taxonomy. NULL is allowed. Any thread. */
SEKISHO_API sekisho_taxonomy* sekisho_taxonomy_retain(sekisho_taxonomy* taxonomy);
/* One owner less: see sekisho_taxonomy_retain. */
SEKISHO_API void sekisho_taxonomy_release(sekisho_taxonomy* taxonomy);

typedef struct sekisho_taxonomy_info { /* what a taxonomy says of itself */
  uint32_t struct_size;
  uint32_t list_count; /* for sekisho_taxonomy_list */
  const char* version; /* "2026.11" */
  size_t version_size;
  const char* digest; /* "sha256:" and 64 hexadecimal digits: names this very taxonomy */
  size_t digest_size;
  const char* as_of; /* "2026-11-21": the date that counts where the caller gives none */
  size_t as_of_size;
  size_t treaty_count; /* appended; callers that do not have it are served all the same */
  /* Appended: what the signature says, verified or not (sekisho_taxonomy_verify); zero and empty without one. */
  uint64_t sequence;
  const char* signer; /* the signer's public key, 64 hexadecimal digits */
  size_t signer_size;
  const char* signed_on; /* "2026-11-21" */
  size_t signed_on_size;
  const char* last_day; /* of use; empty: no end */
  size_t last_day_size;
} sekisho_taxonomy_info;

#define SEKISHO_TAXONOMY_INFO_INIT \
  { sizeof(sekisho_taxonomy_info), 0, NULL, 0, NULL, 0, NULL, 0, 0, 0, NULL, 0, NULL, 0, NULL, 0 }

/* The pointers last as long as the taxonomy. Errors: INVALID_ARGUMENT. */
SEKISHO_API int32_t sekisho_taxonomy_describe(sekisho_taxonomy_info* out, const sekisho_taxonomy* taxonomy);

typedef struct sekisho_list_info { /* a control list of a taxonomy */
  uint32_t struct_size;
  uint32_t entry_count; /* its paragraphs */
  const char* list;     /* "us-usml" */
  size_t list_size;
  const char* title_en;
  size_t title_en_size;
  const char* title_ja;
  size_t title_ja_size;
} sekisho_list_info;

#define SEKISHO_LIST_INFO_INIT \
  { sizeof(sekisho_list_info), 0, NULL, 0, NULL, 0, NULL, 0 }

/* The list at `index` (from 0). The pointers last as long as the taxonomy. Errors: OUT_OF_RANGE, INVALID_ARGUMENT. */
SEKISHO_API int32_t sekisho_taxonomy_list(sekisho_list_info* out, const sekisho_taxonomy* taxonomy, size_t index);

/* What a column of an exclusion list says of a row. All but SEKISHO_COLUMN_EXCLUDED are uncertain and count as it. */
#define SEKISHO_COLUMN_EXCLUDED 1 /* an X */
#define SEKISHO_COLUMN_PROBABLE 2 /* an X in all likelihood */
#define SEKISHO_COLUMN_UNCLEAR 3  /* our copy of the law does not tell */

typedef struct sekisho_treaty_info { /* a treaty profile: an exemption between allies, and what it excludes */
  uint32_t struct_size;
  int32_t hypothetical; /* 1: not in force anywhere; judged only when asked for by name */
  const char* treaty;   /* "us-uk-126.17" */
  size_t treaty_size;
  const char* title_en;
  size_t title_en_size;
  const char* title_ja;
  size_t title_ja_size;
  const char* cite; /* "22 CFR 126.17" */
  size_t cite_size;
  const char* remark_en; /* what has to be said wherever the profile is shown; or empty */
  size_t remark_en_size;
  const char* remark_ja;
  size_t remark_ja_size;
  const char* list; /* "us-usml": whose entries it judges */
  size_t list_size;
  size_t row_count;
  size_t condition_count;
} sekisho_treaty_info;

#define SEKISHO_TREATY_INFO_INIT \
  { sizeof(sekisho_treaty_info), 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, 0, 0 }

/* The profile at `index`. The pointers last as long as the taxonomy. Errors: OUT_OF_RANGE, INVALID_ARGUMENT. */
SEKISHO_API int32_t sekisho_taxonomy_treaty(sekisho_treaty_info* out, const sekisho_taxonomy* taxonomy, size_t index);

typedef struct sekisho_treaty_row_info { /* a row of an exclusion list */
  uint32_t struct_size;
  int32_t flag;    /* SEKISHO_COLUMN_… */
  const char* row; /* "s1-037" */
  size_t row_size;
  const char* title_en;
  size_t title_en_size;
  const char* title_ja;
  size_t title_ja_size;
  const char* cite; /* "22 CFR Part 126, Supp. No. 1, VI, Note 10" */
  size_t cite_size;
  const char* question_en; /* what a person must find out where no text tells whether the row applies; or empty */
  size_t question_en_size;
  const char* question_ja;
  size_t question_ja_size;
} sekisho_treaty_row_info;

#define SEKISHO_TREATY_ROW_INFO_INIT \
  { sizeof(sekisho_treaty_row_info), 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0 }

/* A row of the profile's exclusion list. As above. */
SEKISHO_API int32_t sekisho_taxonomy_treaty_row(sekisho_treaty_row_info* out, const sekisho_taxonomy* taxonomy,
                                                size_t treaty, size_t row);

typedef struct sekisho_treaty_condition_info { /* what has to be verified of every item that no row excludes */
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  const char* id;    /* "end-use" */
  size_t id_size;
  const char* en;
  size_t en_size;
  const char* ja;
  size_t ja_size;
  const char* cite; /* "22 CFR 126.17(e)" */
  size_t cite_size;
} sekisho_treaty_condition_info;

#define SEKISHO_TREATY_CONDITION_INFO_INIT \
  { sizeof(sekisho_treaty_condition_info), 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0 }

/* A condition of the profile. As above. */
SEKISHO_API int32_t sekisho_taxonomy_treaty_condition(sekisho_treaty_condition_info* out,
                                                      const sekisho_taxonomy* taxonomy, size_t treaty,
                                                      size_t condition);

/* ---- trust --------------------------------------------------------------------------------------------------- */

#define SEKISHO_KEY_SIZE 32 /* bytes of a public key */

typedef struct sekisho_trust { /* what a program asks of a pack before it believes it */
  uint32_t struct_size;
  uint32_t reserved;   /* 0 */
  const uint8_t* keys; /* public Ed25519 keys of SEKISHO_KEY_SIZE bytes, one behind the other: any of them may sign */
  size_t key_count;    /* 1,024 at most */
  uint64_t least_sequence; /* lower sequence numbers are refused: keep the greatest that you have used */
  const char* today;       /* "2026-11-21", for the last day of use; empty: by the clock, UTC */
  size_t today_size;
} sekisho_trust;

#define SEKISHO_TRUST_INIT \
  { sizeof(sekisho_trust), 0, NULL, 0, 0, NULL, 0 }

/* Whether the taxonomy may be believed. Looked at in this order: is it signed, by a trusted key, unaltered since, not
 * older, not past its last day. The taxonomy of the library is not signed.
 * Errors: UNSIGNED, UNTRUSTED_KEY, BAD_SIGNATURE, PACK_OLDER, PACK_EXPIRED, BAD_DATE, INVALID_ARGUMENT, UNSUPPORTED. */
SEKISHO_API int32_t sekisho_taxonomy_verify(const sekisho_taxonomy* taxonomy, const sekisho_trust* trust,
                                            sekisho_error* error);
/* Loads a file as sekisho_taxonomy_load_file does, but gives out only what sekisho_taxonomy_verify agrees to. Errors:
 * of both. */
SEKISHO_API int32_t sekisho_taxonomy_load_trusted(sekisho_taxonomy** out, const char* path, size_t path_size,
                                                  const sekisho_trust* trust, sekisho_error* error);

/* ---- slot ---------------------------------------------------------------------------------------------------- */

/* Holds the current taxonomy of a program that does not stop. Every function but free may be called from any thread at
 * any time; none waits for a load of another thread to end. */
typedef struct sekisho_slot sekisho_slot;

/* A slot that holds `taxonomy` (which it retains). Errors: INVALID_ARGUMENT, NOMEM. */
SEKISHO_API int32_t sekisho_slot_create(sekisho_slot** out, sekisho_taxonomy* taxonomy, sekisho_error* error);
/* From now on the slot takes nothing that sekisho_taxonomy_verify does not agree to, nothing of a lower sequence
 * number than what it holds, and nothing else of the same number. What it holds now stays. `trust` is copied.
 * Errors: INVALID_ARGUMENT, UNSUPPORTED, BAD_DATE, NOMEM. */
SEKISHO_API int32_t sekisho_slot_demand(sekisho_slot* slot, const sekisho_trust* trust, sekisho_error* error);
/* Loads a pack, then puts it in. If that fails, the slot keeps what it has. Errors: of sekisho_taxonomy_load_file, and
 * of what sekisho_slot_demand asks. */
SEKISHO_API int32_t sekisho_slot_load_file(sekisho_slot* slot, const char* path, size_t path_size,
                                           sekisho_error* error);
/* Puts in `taxonomy` (which it retains). Errors: INVALID_ARGUMENT, and of what sekisho_slot_demand asks. */
SEKISHO_API int32_t sekisho_slot_set(sekisho_slot* slot, sekisho_taxonomy* taxonomy);
/* The taxonomy that is in the slot now, retained for the caller, who releases it. Errors: INVALID_ARGUMENT. */
SEKISHO_API int32_t sekisho_slot_acquire(sekisho_taxonomy** out, sekisho_slot* slot);
/* Counts from 1, one more with each taxonomy put in: a cheap way to see that a scanner is out of date. 0 for NULL. */
SEKISHO_API uint64_t sekisho_slot_version(const sekisho_slot* slot);
/* No other thread may use the slot any more. Taxonomies that were acquired stay as they are. */
SEKISHO_API void sekisho_slot_free(sekisho_slot* slot);

/* ---- scanner ------------------------------------------------------------------------------------------------- */

/* Scratch memory and the last result. Any thread, one at a time: a call while another thread is inside returns
 * SEKISHO_E_BUSY and does nothing. Make one for each thread; they are cheap in comparison with a taxonomy. */
typedef struct sekisho_scanner sekisho_scanner;

typedef struct sekisho_scanner_options { /* limits and lists of a scanner */
  uint32_t struct_size;
  uint32_t max_input_bytes; /* all text of an item but its id; more gives SEKISHO_UNKNOWN. 0: 65,536 */
  const char* lists;        /* the lists to judge by, "us-usml,jp-etco"; empty: all of the taxonomy */
  size_t lists_size;
  /* Appended; a caller whose struct ends before them gets what is said for 0. Beyond max_matches and max_steps nothing
   * more is looked for: candidates that were found stay, and a list without them is SEKISHO_UNKNOWN. */
  uint32_t max_matches;      /* phrases and designators of a text. 0: 4,096 */
  uint32_t max_batch_items;  /* of sekisho_scanner_classify_batch; more are refused. 0: 1,048,576 */
  uint64_t max_steps;        /* words and bytes of a text that are followed to match it. 0: 16,777,216 */
  uint64_t max_memory_bytes; /* of an item's words, matches and result; more gives SEKISHO_UNKNOWN. 0: 67,108,864 */
} sekisho_scanner_options;

#define SEKISHO_SCANNER_OPTIONS_INIT \
  { sizeof(sekisho_scanner_options), 0, NULL, 0, 0, 0, 0, 0 }

/* A scanner of `taxonomy` (which it retains). `options` may be NULL. Its text is copied.
 * Errors: UNKNOWN_LIST, INVALID_ARGUMENT, UNSUPPORTED, NOMEM. */
SEKISHO_API int32_t sekisho_scanner_create(sekisho_scanner** out, sekisho_taxonomy* taxonomy,
                                           const sekisho_scanner_options* options, sekisho_error* error);
/* Ends the scanner and its result. While a thread is inside, the end comes when it leaves. */
SEKISHO_API void sekisho_scanner_free(sekisho_scanner* scanner);

#define SEKISHO_KIND_GOODS 0      /* also where nobody said; the text may say otherwise */
#define SEKISHO_KIND_TECHNOLOGY 1 /* drawings, know-how */
#define SEKISHO_KIND_SOFTWARE 2   /* programs, source or not */
#define SEKISHO_KIND_SERVICE 3    /* repair, training and the like */

typedef struct sekisho_attribute { /* all in one array are of one size */
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  const char* name;  /* a measure of the taxonomy: "range" */
  size_t name_size;
  const char* quantity; /* with its unit: "310 km" */
  size_t quantity_size;
} sekisho_attribute;

#define SEKISHO_ATTRIBUTE_INIT \
  { sizeof(sekisho_attribute), 0, NULL, 0, NULL, 0 }

typedef struct sekisho_item { /* text: English, Japanese or both; any of it may be empty */
  uint32_t struct_size;
  int32_t kind;   /* SEKISHO_KIND_… */
  const char* id; /* the caller's name for the item; comes back in the result, means nothing else */
  size_t id_size;
  const char* description; /* the line that is read */
  size_t description_size;
  const char* part_number; /* a name beside it */
  size_t part_number_size;
  const char* nsn; /* NATO/national stock number */
  size_t nsn_size;
  const char* manufacturer; /* its name */
  size_t manufacturer_size;
  const sekisho_attribute* attributes; /* quantities that are known; NULL where there are none */
  size_t attribute_count;
} sekisho_item;

#define SEKISHO_ITEM_INIT \
  { sizeof(sekisho_item), SEKISHO_KIND_GOODS, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0 }

#define SEKISHO_SALE_UNKNOWN 0 /* not said */
#define SEKISHO_SALE_FMS 1     /* Foreign Military Sales */
#define SEKISHO_SALE_DCS 2     /* direct commercial sale */

typedef struct sekisho_context { /* what is known of the transaction; all of it may be empty */
  uint32_t struct_size;
  int32_t classified; /* 1: classified for national security; 0: not, or not known */
  const char* as_of;  /* the day by whose law the item is judged, "2026-11-21"; empty: the taxonomy's */
  size_t as_of_size;
  const char* origin; /* country, ISO 3166-1 alpha-2: "JP" */
  size_t origin_size;
  const char* destination; /* as above */
  size_t destination_size;
  /* Appended; a caller whose struct ends before them gets what is said for empty. */
  const char*
      treaties; /* profiles to judge by, "us-uk-126.17,us-jp-dtct"; "none"; empty: all that are not hypothetical */
  size_t treaties_size;
  const char* via; /* a chain of transfers, "JP,US,QA", 64 countries at most: raises notices, changes no verdict */
  size_t via_size;
  int32_t sale;      /* SEKISHO_SALE_…: changes notices only */
  uint32_t reserved; /* 0 */
} sekisho_context;

#define SEKISHO_CONTEXT_INIT \
  { sizeof(sekisho_context), 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, 0, 0 }

/* What was found of an item. Belongs to the scanner that made it and lasts until its next call. */
typedef struct sekisho_result sekisho_result;

/* Judges one item. `context` may be NULL. The item is copied: its text may go when the call returns. `*out` belongs to
 * the scanner and lasts until its next call.
 * Text that cannot be judged (invalid UTF-8, too long, neither words nor figures) is no error: the verdict is
 * SEKISHO_UNKNOWN in every list and a notice says why.
 * Errors: BUSY, BAD_DATE, BAD_ATTRIBUTE, UNKNOWN_TREATY, INVALID_ARGUMENT, UNSUPPORTED, NOMEM. */
SEKISHO_API int32_t sekisho_scanner_classify(const sekisho_result** out, sekisho_scanner* scanner,
                                             const sekisho_item* item, const sekisho_context* context,
                                             sekisho_error* error);

/* Takes what a batch found of the item with this index: `status` is SEKISHO_OK and `result` lasts until the function
 * returns, or `result` is NULL and `error` says what is wrong with the item. Runs on the thread that called. It may ask
 * for everything of the result, and free the scanner; whatever else needs the scanner is SEKISHO_E_BUSY. Gives 0 to go
 * on, anything else to end the batch. Nothing may be thrown or jumped out of it. */
typedef int32_t (*sekisho_batch_function)(void* user, size_t index, int32_t status, const sekisho_result* result,
                                          const sekisho_error* error);

/* Judges `item_count` items in their order and gives each to `take`, the same results as one call of
 * sekisho_scanner_classify for each, in less time: the next items are on their way into the cache meanwhile.
 * `contexts`: none (context_count 0), one for all items (1), or one for each (item_count). All structs of an array are
 * of the size that its first one has. What is wrong with an item or its context is told with that item (the errors of
 * sekisho_scanner_classify), and keeps nothing from the others. SEKISHO_OK when every item was given, or `take` ended
 * the batch. Errors, and then no item was given: BUSY, INVALID_ARGUMENT (a NULL, a struct_size too small, a
 * context_count that is none of the three), OUT_OF_RANGE (more than max_batch_items). */
SEKISHO_API int32_t sekisho_scanner_classify_batch(sekisho_scanner* scanner, const sekisho_item* items,
                                                   size_t item_count, const sekisho_context* contexts,
                                                   size_t context_count, sekisho_batch_function take, void* user,
                                                   sekisho_error* error);

/* ---- result -------------------------------------------------------------------------------------------------- */

/* Everything below is read by the thread that classified, before it classifies again. All pointers last until then.
 * Errors of all: OUT_OF_RANGE for an index, INVALID_ARGUMENT, NOMEM, BUSY (the scanner is at work in another thread).
 */

/* In order of strictness; a list's verdict is the strictest of its candidates'. 0 is none of them. */
#define SEKISHO_MATCH 1    /* every criterion is stated and met */
#define SEKISHO_POSSIBLE 2 /* the subject matches; what is missing or ambiguous is named */
#define SEKISHO_CATCH_ALL                                                                                           \
  3                        /* only a specially-designed or parts paragraph; the questions of 22 CFR 120.41 are open \
                            */
#define SEKISHO_UNKNOWN 4  /* not judged: a limit, invalid text, or none. Treat as open */
#define SEKISHO_EXCLUDED 5 /* a release or exclusion note applies, which is cited */
#define SEKISHO_NO_MATCH 6 /* nothing found in the loaded lists; that does not say that the item is on none */

/* "match", "possible", "catch_all", "unknown", "excluded", "no_match"; "?" for a value that is none. Ended by NUL. */
SEKISHO_API const char* sekisho_verdict_name(int32_t verdict);

typedef struct sekisho_result_info { /* a result as a whole */
  uint32_t struct_size;
  int32_t verdict; /* the strictest of all lists */
  size_t list_count;
  size_t notice_count;
  const char* id; /* of the item, as given */
  size_t id_size;
  const char* as_of; /* the day that counted */
  size_t as_of_size;
  size_t treaty_count; /* appended: profiles judged */
} sekisho_result_info;

#define SEKISHO_RESULT_INFO_INIT \
  { sizeof(sekisho_result_info), 0, 0, 0, NULL, 0, NULL, 0, 0 }

/* The result as a whole. */
SEKISHO_API int32_t sekisho_result_describe(sekisho_result_info* out, const sekisho_result* result);

typedef struct sekisho_list_result { /* what was found in one list */
  uint32_t struct_size;
  int32_t verdict;  /* SEKISHO_MATCH, … */
  const char* list; /* "us-usml" */
  size_t list_size;
  const char* title_en;
  size_t title_en_size;
  const char* title_ja;
  size_t title_ja_size;
  size_t candidate_count;
} sekisho_list_result;

#define SEKISHO_LIST_RESULT_INIT \
  { sizeof(sekisho_list_result), 0, NULL, 0, NULL, 0, NULL, 0, 0 }

/* The list at `list` (from 0) of those that were judged. */
SEKISHO_API int32_t sekisho_result_list(sekisho_list_result* out, const sekisho_result* result, size_t list);

#define SEKISHO_FLAG_SME 1u /* Significant Military Equipment */
#define SEKISHO_FLAG_MT 2u  /* Missile Technology Control Regime */

typedef struct sekisho_candidate { /* the strictest first */
  uint32_t struct_size;
  int32_t verdict;   /* SEKISHO_MATCH, … */
  uint32_t flags;    /* SEKISHO_FLAG_… */
  float score;       /* 0 to 1: how much of what the rule asks was said. For ordering only */
  const char* entry; /* the legal designator: "XII(c)(2)", "1(9)" */
  size_t entry_size;
  const char* title_en; /* in our words; the law's text is behind the citation */
  size_t title_en_size;
  const char* title_ja;
  size_t title_ja_size;
  const char* cite; /* "22 CFR 121.1 XII(c)(2)" */
  size_t cite_size;
  const char* clause; /* Japan: the clause of the ministerial order that decided; else empty */
  size_t clause_size;
  const char* note; /* SEKISHO_EXCLUDED: the note that releases or excludes; else empty */
  size_t note_size;
  size_t evidence_count;
  size_t missing_count;
  /* Appended: the rule that decided, named after what it asks for: the same in every taxonomy that has it, another one
   * when it was changed. 12 hexadecimal digits; or empty. */
  const char* rule;
  size_t rule_size;
} sekisho_candidate;

#define SEKISHO_CANDIDATE_INIT \
  { sizeof(sekisho_candidate), 0, 0, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, 0, 0, NULL, 0 }

/* An entry that the item may fall under. */
SEKISHO_API int32_t sekisho_result_candidate(sekisho_candidate* out, const sekisho_result* result, size_t list,
                                             size_t candidate);

#define SEKISHO_FIELD_DESCRIPTION 0  /* sekisho_item.description */
#define SEKISHO_FIELD_PART_NUMBER 1  /* sekisho_item.part_number */
#define SEKISHO_FIELD_NSN 2          /* sekisho_item.nsn */
#define SEKISHO_FIELD_MANUFACTURER 3 /* sekisho_item.manufacturer */
#define SEKISHO_FIELD_ATTRIBUTES 4   /* sekisho_item.attributes */

#define SEKISHO_ROLE_IS 0  /* what the item is */
#define SEKISHO_ROLE_FOR 1 /* what it is for, or part of */
#define SEKISHO_ROLE_HAS 2 /* anything else that is said of it */

typedef struct sekisho_evidence { /* one of concept, measure and system is not empty */
  uint32_t struct_size;
  int32_t field;     /* SEKISHO_FIELD_…: in which the words stand */
  int32_t role;      /* SEKISHO_ROLE_… */
  uint32_t reserved; /* 0 */
  size_t begin;      /* bytes of the caller's text of that field, [begin, end) */
  size_t end;        /* the first byte behind them */
  const char* text;  /* those bytes */
  size_t text_size;
  const char* concept_id; /* what they name: "night-vision-goggle" */
  size_t concept_id_size;
  const char* measure; /* or what they measure: "range" */
  size_t measure_size;
  const char* system; /* or what they belong to: "nsn", or "stated" (the text names the entry itself) */
  size_t system_size;
  const char* label_en; /* of the concept, measure or system, for people */
  size_t label_en_size;
  const char* label_ja;
  size_t label_ja_size;
} sekisho_evidence;

#define SEKISHO_EVIDENCE_INIT \
  { sizeof(sekisho_evidence), 0, 0, 0, 0, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0 }

/* What a candidate rests on. */
SEKISHO_API int32_t sekisho_result_evidence(sekisho_evidence* out, const sekisho_result* result, size_t list,
                                            size_t candidate, size_t evidence);

typedef struct sekisho_note { /* something missing, or a notice: an id that programs may rely on, and words */
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  const char* id;    /* "image-intensifier-generation"; of a measure its name: "range" */
  size_t id_size;
  const char* en; /* "range (>= 300 km)" */
  size_t en_size;
  const char* ja;
  size_t ja_size;
} sekisho_note;

#define SEKISHO_NOTE_INIT \
  { sizeof(sekisho_note), 0, NULL, 0, NULL, 0, NULL, 0 }

/* What has to be found out before the candidate is a SEKISHO_MATCH or falls away. */
SEKISHO_API int32_t sekisho_result_missing(sekisho_note* out, const sekisho_result* result, size_t list,
                                           size_t candidate, size_t missing);
/* What a classification means under a treaty profile, in order of strictness. 0 is none of them. */
#define SEKISHO_TREATY_EXCLUDED 1       /* a row of the exclusion list shuts it out */
#define SEKISHO_TREATY_UNDETERMINED 2   /* cannot be told: the possible readings disagree, or facts are missing */
#define SEKISHO_TREATY_NOT_EXCLUDED 3   /* no row applies; the conditions have still to be verified by a person */
#define SEKISHO_TREATY_NOT_APPLICABLE 4 /* nothing that the exemption is about was found */

/* "excluded", "undetermined", "not_excluded", "not_applicable"; "?" for a value that is none. Ended by NUL. */
SEKISHO_API const char* sekisho_treaty_verdict_name(int32_t verdict);

typedef struct sekisho_treaty_result { /* what the result means under one profile */
  uint32_t struct_size;
  int32_t verdict;      /* SEKISHO_TREATY_… */
  int32_t hypothetical; /* 1: the profile is */
  int32_t uncertain;    /* 1: the row cited rests on a flag, or on a place in the list, that is not certain */
  const char* treaty;   /* "us-uk-126.17" */
  size_t treaty_size;
  const char* title_en;
  size_t title_en_size;
  const char* title_ja;
  size_t title_ja_size;
  const char* entry; /* the candidate that decides; or empty */
  size_t entry_size;
  const char* row; /* the row that decides; or empty */
  size_t row_size;
  size_t row_count;       /* rows that apply, or may */
  size_t condition_count; /* SEKISHO_TREATY_NOT_EXCLUDED, _UNDETERMINED */
  size_t missing_count;   /* SEKISHO_TREATY_UNDETERMINED */
} sekisho_treaty_result;

#define SEKISHO_TREATY_RESULT_INIT \
  { sizeof(sekisho_treaty_result), 0, 0, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, 0, 0, 0 }

/* The profile at `treaty` (from 0) of those that were judged. */
SEKISHO_API int32_t sekisho_result_treaty(sekisho_treaty_result* out, const sekisho_result* result, size_t treaty);

typedef struct sekisho_treaty_row { /* a row that applies to the item, or may */
  uint32_t struct_size;
  int32_t verdict;   /* SEKISHO_TREATY_EXCLUDED: it applies; _UNDETERMINED: it may */
  int32_t uncertain; /* as above */
  uint32_t reserved; /* 0 */
  const char* row;   /* "s1-037" */
  size_t row_size;
  const char* entry; /* the candidate that it shuts out */
  size_t entry_size;
  const char* title_en; /* in our words */
  size_t title_en_size;
  const char* title_ja;
  size_t title_ja_size;
  const char* cite; /* "22 CFR Part 126, Supp. No. 1, VI, Note 10" */
  size_t cite_size;
} sekisho_treaty_row;

#define SEKISHO_TREATY_ROW_INIT \
  { sizeof(sekisho_treaty_row), 0, 0, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0 }

/* A row that applies, or may. */
SEKISHO_API int32_t sekisho_result_treaty_row(sekisho_treaty_row* out, const sekisho_result* result, size_t treaty,
                                              size_t row);
/* What a person has still to verify; first the profile's conditions, then questions of rows that text does not settle.
 */
SEKISHO_API int32_t sekisho_result_treaty_condition(sekisho_note* out, const sekisho_result* result, size_t treaty,
                                                    size_t condition);
/* What would tell. */
SEKISHO_API int32_t sekisho_result_treaty_missing(sekisho_note* out, const sekisho_result* result, size_t treaty,
                                                  size_t missing);
/* What has to be known of the whole result: limits that were hit, why words were left out of account. */
SEKISHO_API int32_t sekisho_result_notice(sekisho_note* out, const sekisho_result* result, size_t notice);

/* The whole result as one line of JSON (schema 1), valid UTF-8 whatever the input was. The same item, context and
 * taxonomy give the same bytes. */
SEKISHO_API int32_t sekisho_result_json(const char** out, size_t* out_size, const sekisho_result* result);

/* ---- columns ------------------------------------------------------------------------------------------------- */

/* Whole columns of items in, columns of verdicts out, by the Arrow C data interface, which is spelt out here so that no
 * other header is needed. */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

/* Columns that come out on request, behind those that always do. */
#define SEKISHO_ARROW_CANDIDATES 1u /* a list of structs */
#define SEKISHO_ARROW_NOTICES 2u    /* a list of structs */
#define SEKISHO_ARROW_TREATIES 4u   /* a list of structs */
#define SEKISHO_ARROW_JSON 8u       /* the text of sekisho_result_json */
#define SEKISHO_ARROW_VERDICTS 16u  /* those that always come out; alone: no other */
/* Not a column, but a layout of all: text that recurs is dictionary-encoded, see below. */
#define SEKISHO_ARROW_DICTIONARY 32u

typedef struct sekisho_arrow_options { /* columns and limits of a batch */
  uint32_t struct_size;
  uint32_t columns;  /* SEKISHO_ARROW_…, added up; no column among them: candidates and notices */
  uint64_t max_rows; /* of one call; more are refused. 0: 1,048,576 */
} sekisho_arrow_options;

#define SEKISHO_ARROW_OPTIONS_INIT \
  { sizeof(sekisho_arrow_options), 0, 0 }

/* The type of what sekisho_arrow_classify gives out with these options (NULL: the defaults): a struct, one member a
 * column, the same whatever the items are. All text is utf8; only `error` and `json` have nulls. With
 * SEKISHO_ARROW_DICTIONARY all text but `error`, `json` and the `text` of evidence is dictionary<int32, utf8>: each
 * batch has the values that occur in it, once.
 *   verdict     the strictest of all lists: "match", …
 *   us-usml, …  one column a list of the scanner, named after it: its verdict
 *   error       why the row could not be read (its verdicts are then "unknown"); null: it could
 *   candidates  list<struct<list, entry, verdict, score: float, title_en, title_ja, cite, clause, note, rule: text,
 *               flags: list<text>, missing: list<struct<id, en, ja>>,
 *               evidence: list<struct<field, role: text, begin, end: int32, text, concept, measure, system: text>>>>
 *   notices     list<struct<id, en, ja: text>>
 *   treaties    list<struct<treaty, verdict: text, hypothetical, uncertain: bool, entry, row: text>>
 *   json        what sekisho_result_json gives of the row; null where there is an error
 * The caller releases `out`. Errors: INVALID_ARGUMENT, UNSUPPORTED, NOMEM. */
SEKISHO_API int32_t sekisho_arrow_schema(struct ArrowSchema* out, const sekisho_scanner* scanner,
                                         const sekisho_arrow_options* options, sekisho_error* error);

/* Judges every row of `items`, a struct array (a record batch) of the type `schema`; row i of `out` is about row i of
 * `items`. Neither is released, and text is read where it stands: nothing of it is copied but what the evidence quotes.
 * Columns are taken by name; others are of no concern to the call.
 *   description                         text, demanded
 *   part_number, nsn, manufacturer, id  text
 *   kind                                text: "goods" (also when null), "technology", "software", "service"
 *   as_of, origin, destination          text; where not null or empty, instead of those of `context`
 *   classified                          bool; where not null, instead of that of `context`
 *   attributes                          map<text, text>: name and quantity
 * Text is utf8, large_utf8 or utf8_view, plain or dictionary-encoded with integer indices, or the null type. Nulls,
 * offsets and slices are understood everywhere; a null is the same as an empty text.
 * A row that cannot be read (a kind or date that is none, an unknown measure, neither description nor part number) has
 * `error` set, and the batch goes on. What is wrong with the batch itself (a type, a missing column, a column twice, an
 * array that contradicts its type) is refused as a whole; the message says where.
 * The result that the scanner held before is gone. `context` and `options` may be NULL. The caller releases `out`.
 * Errors: INVALID_ARGUMENT (also the type or array of `items`), OUT_OF_RANGE (more than max_rows, or more than 2 GiB of
 * text in one column of the output), and of sekisho_scanner_classify for `context`. */
SEKISHO_API int32_t sekisho_arrow_classify(struct ArrowArray* out, sekisho_scanner* scanner,
                                           const struct ArrowArray* items, const struct ArrowSchema* schema,
                                           const sekisho_context* context, const sekisho_arrow_options* options,
                                           sekisho_error* error);

#ifdef __cplusplus
}
#endif

#endif /* SEKISHO_H_ */
