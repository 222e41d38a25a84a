// The pack built into the library: the bytes of build/taxonomy.pack in read-only data, aligned for its tables.
    .section .rodata.sekisho_builtin_pack, "a", %progbits
    .balign 64
    .globl builtin_pack_begin
    .hidden builtin_pack_begin
builtin_pack_begin:
    .incbin SEKISHO_PACK
    .globl builtin_pack_end
    .hidden builtin_pack_end
builtin_pack_end:
    .balign 8
    .section .note.GNU-stack, "", %progbits
