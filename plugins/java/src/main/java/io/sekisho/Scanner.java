package io.sekisho;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;

/** The scratch memory of one thread: used by one at a time. It follows its pack when that is loaded anew. */
public final class Scanner implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();
  private static final int OPTIONS_SIZE = 48;

  private final Classifier classifier;
  private final Pointer slot;
  private final Input input = new Input();
  private final ResultReader reader = new ResultReader(input);
  private final Memory error = Library.error();
  private final Memory jsonSize = new Memory(8);
  private final PointerByReference out = new PointerByReference();
  private long version;
  private Handle handle;
  private Cleaner.Cleanable cleanable;

  Scanner(Classifier classifier) {
    this.classifier = classifier;
    slot = Taxonomies.slot(classifier.pack());
    open();
  }

  public Result classify(Item item) {
    return classify(item, Context.NONE);
  }

  public Result classify(Item item, Context context) {
    try {
      return reader.read(run(item, context));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  public String json(Item item) {
    return json(item, Context.NONE);
  }

  /** The result as the command line prints it, on one line. Its spans count UTF-8 bytes. */
  public String json(Item item, Context context) {
    try {
      Library.check(Library.sekisho_result_json(out, jsonSize, run(item, context)), null);
      return Library.text(out.getValue(), jsonSize.getLong(0));
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  @Override
  public void close() {
    cleanable.clean();
  }

  private Pointer run(Item item, Context context) {
    if (handle.scanner == null) throw new IllegalStateException("the scanner is closed");
    if (Library.sekisho_slot_version(slot) != version) {
      Cleaner.Cleanable old = cleanable;
      open(); // fails if the new taxonomy lacks one of our lists: then at every call, not only once
      old.clean();
    }
    input.set(item, context);
    error.setByte(8, (byte) 0);
    Library.check(Library.sekisho_scanner_classify(out, handle.scanner, input.item, input.context, error), error);
    return out.getValue();
  }

  private void open() {
    long now = Library.sekisho_slot_version(slot); // before the taxonomy: at worst it is opened once more
    Pointer taxonomy = Taxonomies.acquire(slot);
    try {
      Library.check(Library.sekisho_scanner_create(out, taxonomy, options(), error), error);
    } finally {
      Library.sekisho_taxonomy_release(taxonomy);
    }
    version = now;
    handle = new Handle(out.getValue());
    cleanable = CLEANER.register(this, handle);
  }

  private Memory options() {
    byte[] lists = classifier.lists().getBytes(StandardCharsets.UTF_8);
    Limits limits = classifier.limits();
    Memory options = Library.struct(OPTIONS_SIZE + lists.length); // the names behind the struct
    options.setInt(0, OPTIONS_SIZE);
    options.setInt(4, (int) limits.inputBytes());
    options.write(OPTIONS_SIZE, lists, 0, lists.length);
    options.setPointer(8, lists.length == 0 ? Pointer.NULL : options.share(OPTIONS_SIZE));
    options.setLong(16, lists.length);
    options.setInt(24, (int) limits.matches());
    options.setLong(32, limits.steps());
    options.setLong(40, limits.memoryBytes());
    return options;
  }

  /** What the cleaner frees; it knows nothing of the scanner object. */
  private static final class Handle implements Runnable {
    private Pointer scanner;

    Handle(Pointer scanner) {
      this.scanner = scanner;
    }

    @Override
    public void run() {
      Library.sekisho_scanner_free(scanner);
      scanner = null;
    }
  }
}
