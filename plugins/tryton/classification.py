"""What the machine found of a product, and what a person made of it."""
import datetime

from trytond.i18n import gettext
from trytond.model import Index, ModelSQL, ModelView, Unique, Workflow, fields
from trytond.model.exceptions import ValidationError
from trytond.pool import Pool
from trytond.pyson import Eval
from trytond.transaction import Transaction

VERDICTS = [
    ('match', "Match"),
    ('possible', "Possible"),
    ('catch_all', "Catch-all"),
    ('unknown', "Unknown"),
    ('excluded', "Excluded"),
    ('no_match', "No match"),
    ]
OPEN = {'readonly': Eval('state') != 'open'}


class DecisionError(ValidationError):
    pass


class Classification(Workflow, ModelSQL, ModelView):
    __name__ = 'sekisho.classification'
    _rec_name = 'description'

    product = fields.Many2One('product.product', "Product", required=True, readonly=True, ondelete='CASCADE')
    description = fields.Text("Description", readonly=True, help="The text that was judged.")
    part_number = fields.Char("Part Number", readonly=True)
    verdict = fields.Selection(VERDICTS, "Verdict", readonly=True, required=True,
        help="The machine's, the strictest of all lists.")
    findings = fields.One2Many('sekisho.finding', 'classification', "Findings", readonly=True)
    notices = fields.Text("Notices", readonly=True)
    taxonomy = fields.Char("Control Lists", readonly=True)
    digest = fields.Char("Digest", readonly=True, help="Names the pack of control lists that was used.")
    as_of = fields.Date("Law as of", readonly=True)
    changed = fields.Boolean("Changed", readonly=True,
        help="The machine says something else than it did when a person decided.")
    decision = fields.Selection([(None, "")] + VERDICTS, "Decision", states=OPEN,
        help="A person's. Never written by the machine.")
    reason = fields.Text("Reason", states=OPEN)
    reviewer = fields.Many2One('res.user', "Reviewer", readonly=True)
    reviewed_at = fields.DateTime("Reviewed at", readonly=True)
    state = fields.Selection([
            ('open', "Open"),
            ('accepted', "Accepted"),
            ('overridden', "Overridden"),
            ], "State", readonly=True, required=True, sort=False)

    @classmethod
    def __setup__(cls):
        super().__setup__()
        table = cls.__table__()
        cls._sql_constraints += [
            ('product_unique', Unique(table, table.product), 'sekisho.msg_product_unique'),
            ]
        cls._sql_indexes.add(Index(table, (table.state, Index.Equality()), (table.verdict, Index.Equality())))
        cls._transitions |= {
            ('open', 'accepted'), ('open', 'overridden'), ('accepted', 'open'), ('overridden', 'open')}
        cls._buttons.update({
                'accept': {'invisible': Eval('state') != 'open', 'depends': ['state']},
                'override': {'invisible': Eval('state') != 'open', 'depends': ['state']},
                'reopen': {'invisible': Eval('state') == 'open', 'depends': ['state']},
                })

    @classmethod
    def default_state(cls):
        return 'open'

    @classmethod
    def default_changed(cls):
        return False

    def get_rec_name(self, name):
        return self.product.rec_name

    @classmethod
    @ModelView.button
    @Workflow.transition('accepted')
    def accept(cls, classifications):
        for classification in classifications:
            cls._sign([classification], decision=classification.verdict)

    @classmethod
    @ModelView.button
    @Workflow.transition('overridden')
    def override(cls, classifications):
        for classification in classifications:
            if not classification.decision or not (classification.reason or '').strip():
                raise DecisionError(gettext('sekisho.msg_reason_missing', product=classification.rec_name))
        cls._sign(classifications)

    @classmethod
    @ModelView.button
    @Workflow.transition('open')
    def reopen(cls, classifications):
        cls.write(classifications, {
                'decision': None, 'reason': None, 'reviewer': None, 'reviewed_at': None, 'changed': False})

    @classmethod
    def _sign(cls, classifications, **values):
        now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None, microsecond=0)
        cls.write(classifications, {
                'reviewer': Transaction().user, 'reviewed_at': now, 'changed': False, **values})

    def fingerprint(self):
        """What a decision is about: the verdict and the entries, not the words of titles."""
        return self.verdict, sorted((f.list_, f.entry, f.verdict) for f in self.findings)

    def update(self, values):
        """Takes what the machine says now; a person's decision stays. Returns whether it is something else than before."""
        before = self.fingerprint()
        findings = values.pop('findings')
        Finding = Pool().get('sekisho.finding')
        Finding.delete(list(self.findings))
        type(self).write([self], {**values, 'findings': [('create', findings)]})
        after = values['verdict'], sorted((f['list_'], f['entry'], f['verdict']) for f in findings)
        if before == after:
            return False
        if self.state != 'open':
            type(self).write([self], {'changed': True})
        return True


class Finding(ModelSQL, ModelView):
    __name__ = 'sekisho.finding'
    _order = [('list_', 'ASC'), ('position', 'ASC')]

    classification = fields.Many2One(
        'sekisho.classification', "Classification", required=True, readonly=True, ondelete='CASCADE')
    position = fields.Integer("Position", readonly=True)
    list_ = fields.Char("List", readonly=True, required=True)
    entry = fields.Char("Entry", readonly=True, required=True)
    verdict = fields.Selection(VERDICTS, "Verdict", readonly=True, required=True)
    title = fields.Char("Title", readonly=True)
    title_ja = fields.Char("Japanese Title", readonly=True)
    cite = fields.Char("Citation", readonly=True)
    missing = fields.Text("To find out", readonly=True)
    words = fields.Char("Words", readonly=True, help="The words that matched.")
    evidence = fields.Text("Evidence", readonly=True, help="The words with their places, as JSON.")
