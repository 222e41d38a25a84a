namespace shop;

using {sekisho} from '@sekisho/cds';

@sekisho.classify: {description: name, partNumber: matnr}
entity Products {
  key ID    : UUID;
      name  : String(5000);
      matnr : String(255);
      price : Decimal;
      // For clients that want both at once; the annotation is all that it takes to classify.
      classification : Association to sekisho.Classifications
        on classification.entity = 'shop.Products' and classification.record = ID;
}

entity Notes {
  key ID   : UUID;
      text : String;
}
