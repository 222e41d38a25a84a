// What the tests share: the build they run on, its command line, and further virtual machines.
package io.sekisho;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

final class Host {
  static final Path BUILD = Path.of(System.getProperty("sekisho.build")).toAbsolutePath();
  static final Path PACK = BUILD.resolve("taxonomy.pack");
  static final Item GOGGLE = Item.of("暗視ゴーグル（第３世代）", "AN/PVS-14");

  private Host() {}

  static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", command));
    return out;
  }

  /** What the main method of a class prints in a fresh virtual machine. */
  static String java(Class<?> main, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Dsekisho.build=" + BUILD));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new)).strip();
  }
}
