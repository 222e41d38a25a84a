// Classifies its arguments, each an item: java -cp JNA:SEKISHO First.java "GOGGLE,NIGHT VISION"
import io.sekisho.Classifier;
import io.sekisho.Item;

class First {
  public static void main(String[] descriptions) {
    Classifier classifier = new Classifier();
    for (String description : descriptions) System.out.println(classifier.json(Item.of(description)));
  }
}
