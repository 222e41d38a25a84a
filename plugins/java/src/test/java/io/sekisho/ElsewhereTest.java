// In other virtual machines: a classifier that was sent there, and one beside other users of ICU and RE2.
package io.sekisho;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.jna.NativeLibrary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ElsewhereTest {
  @Test
  void goesWhereItIsSentAndWorksThere() throws Exception {
    Classifier here = new Classifier().withPack(Host.PACK.toString()).withLists("us-usml");
    assertEquals(here.json(Host.GOGGLE), Host.java(Worker.class, pack(here), pack(Host.GOGGLE)));
  }

  @Test
  void resultsCanBeSent() throws Exception {
    Result result = new Classifier().classify(Host.GOGGLE);
    assertEquals(result, unpack(pack(result)));
  }

  @Test
  void standsBesideOtherUsersOfIcuAndRe2() throws Exception {
    String alone = new Classifier().json(Host.GOGGLE);
    assertEquals(alone, Host.java(Neighbours.class, "first"));
    assertEquals(alone, Host.java(Neighbours.class, "last"));
  }

  static String pack(Object object) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  static Object unpack(String text) throws Exception {
    try (var in = new ObjectInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      return in.readObject();
    }
  }

  /** An executor: gets a classifier and an item, prints the result. */
  static final class Worker {
    public static void main(String[] arguments) throws Exception {
      Classifier classifier = (Classifier) unpack(arguments[0]);
      System.out.println(classifier.json((Item) unpack(arguments[1])));
    }
  }

  /** Native ICU and RE2 with all their symbols open to the process (JNA's default), before or after the engine. */
  static final class Neighbours {
    private static final String[] NAMES = {"icuuc", "icui18n", "re2"};

    public static void main(String[] arguments) {
      boolean first = arguments[0].equals("first");
      if (first) load();
      String json = new Classifier().json(Host.GOGGLE);
      if (!first) load();
      if (!json.equals(new Classifier().json(Host.GOGGLE))) throw new AssertionError("the answer changed");
      System.out.println(json);
    }

    private static void load() {
      for (String name : NAMES) NativeLibrary.getInstance(name);
    }
  }
}
