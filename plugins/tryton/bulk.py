"""The wizard that classifies all products: a step at a time, each kept when it is done, with progress between them."""
from trytond.model import ModelView, fields
from trytond.pool import Pool
from trytond.transaction import Transaction
from trytond.wizard import Button, StateTransition, StateView, Wizard

from .engine import engine

STEP = 500  # products of one transaction


class Progress(ModelView):
    __name__ = 'sekisho.classify.progress'

    total = fields.Integer("Products", readonly=True)
    done = fields.Integer("Done", readonly=True)
    changed = fields.Integer("New Results", readonly=True)
    progress = fields.Float("Progress", readonly=True, digits=(1, 4))
    last = fields.Integer("Last", readonly=True)


class Classify(Wizard):
    __name__ = 'sekisho.classify'

    start_state = 'begin'
    begin = StateTransition()
    progress = StateView('sekisho.classify.progress', 'sekisho.progress_view_form', [
            Button("Stop", 'end', 'tryton-cancel'),
            Button("Classify the Next", 'step', 'tryton-forward', default=True),
            ])
    step = StateTransition()
    finished = StateView('sekisho.classify.progress', 'sekisho.progress_view_form', [
            Button("Close", 'end', 'tryton-ok', default=True),
            ])

    def transition_begin(self):
        engine(anew=True)  # the lists may have changed: what follows is judged by those of today
        with Transaction().set_context(active_test=False):
            self.progress.total = Pool().get('product.product').search([], count=True)
        self.progress.done = self.progress.changed = self.progress.last = 0
        self.progress.progress = 0.
        return 'progress'

    def transition_step(self):
        Product = Pool().get('product.product')
        with Transaction().set_context(active_test=False):
            products = Product.search([('id', '>', self.progress.last)], order=[('id', 'ASC')], limit=STEP)
        self.progress.changed += Product.sekisho_classify(products)
        self.progress.done += len(products)
        if len(products) < STEP:
            self.progress.progress = 1.
            return 'finished'
        self.progress.last = products[-1].id
        self.progress.progress = min(self.progress.done / self.progress.total, 1.)
        return 'progress'

    def default_progress(self, names):
        return {name: getattr(self.progress, name) for name in ['total', 'done', 'changed', 'progress', 'last']}

    default_finished = default_progress
