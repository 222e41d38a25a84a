// An item and its context as the structs of sekisho.h, in memory that is used again and again.
package io.sekisho;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

final class Input {
  private static final int ATTRIBUTE_SIZE = 40;

  final Memory item = Library.struct(104);
  final Memory context = Library.struct(96);

  private final byte[][] fields = new byte[4][]; // description, part number, NSN, manufacturer
  private Memory texts = new Memory(4096);
  private Memory attributes = new Memory(ATTRIBUTE_SIZE);
  private long used;

  void set(Item from, Context given) {
    byte[] id = bytes(from.id());
    fields[0] = bytes(from.description());
    fields[1] = bytes(from.partNumber());
    fields[2] = bytes(from.nsn());
    fields[3] = bytes(from.manufacturer());
    byte[][] texts = {
      bytes(given.asOf()), bytes(given.origin()), bytes(given.destination()), bytes(given.treaties()), bytes(given.via())
    };
    byte[][] pairs = pairs(from.attributes());
    reserve(total(fields) + total(texts) + total(pairs) + id.length);

    item.setInt(4, from.kind().ordinal());
    put(item, 8, id);
    for (int i = 0; i < fields.length; i++) put(item, 24 + 16 * i, fields[i]);
    setAttributes(pairs);
    context.setInt(4, given.classified() ? 1 : 0);
    for (int i = 0; i < texts.length; i++) put(context, 8 + 16 * i, texts[i]);
    context.setInt(88, given.sale().ordinal());
  }

  /** Where in the caller's string the byte of that field stands. Attributes keep their bytes: they are many strings. */
  int position(Result.Field field, long offset) {
    int index = field.ordinal();
    if (index >= fields.length) return Math.toIntExact(offset);
    return new String(fields[index], 0, Math.toIntExact(offset), StandardCharsets.UTF_8).length();
  }

  private void setAttributes(byte[][] pairs) {
    int count = pairs.length / 2;
    if (count * ATTRIBUTE_SIZE > attributes.size()) attributes = new Memory((long) count * ATTRIBUTE_SIZE);
    attributes.clear();
    for (int i = 0; i < count; i++) {
      attributes.setInt((long) i * ATTRIBUTE_SIZE, ATTRIBUTE_SIZE);
      put(attributes, i * ATTRIBUTE_SIZE + 8, pairs[2 * i]);
      put(attributes, i * ATTRIBUTE_SIZE + 24, pairs[2 * i + 1]);
    }
    item.setPointer(88, count == 0 ? Pointer.NULL : attributes);
    item.setLong(96, count);
  }

  private void put(Memory struct, int offset, byte[] text) {
    struct.setPointer(offset, text.length == 0 ? Pointer.NULL : texts.share(used));
    struct.setLong(offset + 8L, text.length);
    texts.write(used, text, 0, text.length);
    used += text.length;
  }

  private void reserve(long size) {
    if (size > texts.size()) texts = new Memory(Math.max(size, 2 * texts.size()));
    used = 0;
  }

  private static long total(byte[][] texts) {
    long sum = 0;
    for (byte[] text : texts) sum += text.length;
    return sum;
  }

  private static byte[][] pairs(Map<String, String> attributes) {
    byte[][] out = new byte[2 * attributes.size()][];
    int at = 0;
    for (Map.Entry<String, String> entry : attributes.entrySet()) {
      out[at++] = bytes(entry.getKey());
      out[at++] = bytes(entry.getValue());
    }
    return out;
  }

  private static byte[] bytes(String text) {
    return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
  }
}
