using {shop} from '../db/schema';

service ShopService @(path: 'shop') {
  entity Products as projection on shop.Products;
  entity Notes    as projection on shop.Notes;
}
