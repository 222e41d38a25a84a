"""Products are classified when their texts are written."""
from trytond.model import fields
from trytond.pool import Pool, PoolMeta
from trytond.transaction import Transaction

from .engine import judge


class Template(metaclass=PoolMeta):
    __name__ = 'product.template'

    @classmethod
    def on_modification(cls, mode, templates, field_names=None):
        super().on_modification(mode, templates, field_names=field_names)
        if mode == 'write' and (field_names is None or field_names & {'name', 'code'}):
            Product = Pool().get('product.product')
            with Transaction().set_context(active_test=False):
                Product.sekisho_classify(Product.search([('template', 'in', [t.id for t in templates])]))


class Product(metaclass=PoolMeta):
    __name__ = 'product.product'

    sekisho_classifications = fields.One2Many('sekisho.classification', 'product', "Classification", readonly=True)

    @classmethod
    def on_modification(cls, mode, products, field_names=None):
        super().on_modification(mode, products, field_names=field_names)
        texts = {'template', 'description', 'code', 'prefix_code', 'suffix_code'}
        if mode == 'create' or (mode == 'write' and (field_names is None or field_names & texts)):
            cls.sekisho_classify(products)

    @classmethod
    def copy(cls, products, default=None):
        default = {} if default is None else default.copy()
        default.setdefault('sekisho_classifications', None)
        return super().copy(products, default=default)

    def sekisho_texts(self):
        """Description and part number to judge."""
        parts = [self.template.name, self.description]
        return '\n'.join(part for part in parts if part), self.code or None

    @classmethod
    def sekisho_classify(cls, products):
        """Judges products, whoever writes them. Returns how many results are new."""
        Classification = Pool().get('sekisho.classification')
        changed = 0
        # The results are the machine's: those who may write a product need not have the right to write them.
        with Transaction().set_user(0), Transaction().set_context(_check_access=False):
            products = cls.browse([p.id for p in products])
            known = {c.product.id: c for c in Classification.search([('product', 'in', [p.id for p in products])])}
            for product in products:
                description, part_number = product.sekisho_texts()
                values = {
                    **judge(description, part_number), 'description': description, 'part_number': part_number}
                if product.id in known:
                    changed += known[product.id].update(values)
                else:
                    findings = values.pop('findings')
                    Classification.create([{
                                'product': product.id, **values, 'findings': [('create', findings)]}])
                    changed += 1
        return changed
