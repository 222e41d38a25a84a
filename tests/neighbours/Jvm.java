// A virtual machine with the library and, at work between its calls, another ICU, RE2 and Abseil: those of a Python in it.
//
//     Jvm.java first|last PYTHON FILE...    loads them before or after the library; judges the lines of standard input
//
// Prints a line of JSON for each. PYTHON is Python's library, the FILEs are loaded as those of JNI are.
import com.sun.jna.NativeLibrary;
import io.sekisho.Classifier;
import io.sekisho.Item;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

class Jvm {
  /** What program.py has for neighbours, in a Python of its own. All symbols are open to the process. */
  private static final class Neighbours {
    private final NativeLibrary python;

    Neighbours(List<String> files) {
      python = NativeLibrary.getInstance(files.get(0)); // by JNA's default for all to see: RE2's module asks for it
      for (String file : files.subList(1, files.size())) System.load(file);
      python.getFunction("Py_InitializeEx").invoke(new Object[] {0});
      run("import program; work = program.neighbours()");
    }

    void work(String text) {
      String bytes = HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
      run("work(bytes.fromhex('" + bytes + "').decode())");
    }

    private void run(String code) {
      int status = python.getFunction("PyRun_SimpleString").invokeInt(new Object[] {code});
      if (status != 0) throw new AssertionError(code);
    }
  }

  public static void main(String[] arguments) throws Exception {
    boolean first = arguments[0].equals("first");
    List<String> files = List.of(arguments).subList(1, arguments.length);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Neighbours neighbours = first ? new Neighbours(files) : null;
    Classifier classifier = new Classifier();
    classifier.json(Item.of("night vision goggle"));
    if (!first) neighbours = new Neighbours(files);
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String line : in.lines().toList()) {
      neighbours.work(line);
      out.println(classifier.json(Item.of(line)));
    }
    out.flush();
  }
}
