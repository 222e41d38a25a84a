"""The module under trytond's own test runner, on the database of TRYTOND_DATABASE_URI."""
import importlib
import importlib.util
import json
import os
import sys

import polib
from trytond import config
from trytond.model.exceptions import AccessError
from trytond.model.modelview import AccessButtonError
from trytond.modules.sekisho.bulk import STEP
from trytond.modules.sekisho.classification import DecisionError
from trytond.modules.sekisho.engine import engine, judge
from trytond.pool import Pool
from trytond.tests.test_tryton import ModuleTestCase, with_transaction
from trytond.transaction import Transaction


class SekishoTestCase(ModuleTestCase):
    'Test Sekisho module'
    module = 'sekisho'

    @staticmethod
    def product(name, code=None, description=None):
        pool = Pool()
        unit, = pool.get('product.uom').search([('name', '=', 'Unit')])
        template, = pool.get('product.template').create([{
                    'name': name, 'default_uom': unit.id,
                    'products': [('create', [{'suffix_code': code, 'description': description}])]}])
        return template.products[0]

    @staticmethod
    def classification(product):
        Product = Pool().get('product.product')
        found, = Product(product.id).sekisho_classifications
        return found

    @with_transaction()
    def test_created(self):
        "A product is classified when it is created, with evidence and the lists it was judged by"
        found = self.classification(self.product('GOGGLE,NIGHT VISION', 'AN/PVS-14'))
        self.assertEqual((found.verdict, found.state, found.decision), ('possible', 'open', None))
        self.assertRegex(found.digest, '^sha256:[0-9a-f]{64}$')
        self.assertEqual(found.part_number, 'AN/PVS-14')
        self.assertIn('us-usml', {f.list_ for f in found.findings})
        for finding in found.findings:
            self.assertTrue(finding.cite and finding.title_ja and finding.words)

    @with_transaction()
    def test_changed(self):
        "A product is classified anew when its name, description or code changes"
        product = self.product('PENCIL')
        self.assertEqual(self.classification(product).verdict, 'no_match')
        Template = Pool().get('product.template')
        Template.write([product.template], {'name': '暗視ゴーグル'})
        self.assertEqual(self.classification(product).verdict, 'possible')
        Template.write([product.template], {'name': 'PENCIL'})
        self.assertEqual(self.classification(product).findings, ())
        product.description = 'RIFLE,5.56 MILLIMETER'
        product.save()
        self.assertNotEqual(self.classification(product).verdict, 'no_match')

    @with_transaction()
    def test_review(self):
        "A person's decision has an author and a reason, and the machine leaves it alone"
        Classification = Pool().get('sekisho.classification')
        product = self.product('GOGGLE,NIGHT VISION')
        found = self.classification(product)
        with self.assertRaises(DecisionError):
            Classification.override([found])
        Classification.write([found], {'decision': 'excluded', 'reason': 'a toy'})
        Classification.override([found])
        self.assertEqual((found.state, found.reviewer.id), ('overridden', Transaction().user))
        self.assertTrue(found.reviewed_at)
        Pool().get('product.template').write([product.template], {'name': 'RIFLE,5.56 MILLIMETER'})
        later = self.classification(product)
        self.assertEqual((later.state, later.decision, later.reason), ('overridden', 'excluded', 'a toy'))
        self.assertTrue(later.changed)
        Classification.reopen([later])
        Classification.accept([later])
        self.assertEqual((later.state, later.decision, later.changed), ('accepted', later.verdict, False))

    @with_transaction()
    def test_copied_and_deleted(self):
        "A copy is classified by itself, a decision is not copied; what is deleted is forgotten"
        Classification = Pool().get('sekisho.classification')
        product = self.product('GOGGLE,NIGHT VISION')
        Classification.accept([self.classification(product)])
        copy, = Pool().get('product.product').copy([product])
        self.assertEqual(self.classification(copy).state, 'open')
        Pool().get('product.product').delete([product])
        self.assertEqual(Classification.search([('product', '=', product.id)]), [])

    @with_transaction()
    def test_access(self):
        "Only the group reviews; those who write products need not belong to it"
        pool = Pool()
        Classification, User, Group = map(pool.get, ['sekisho.classification', 'res.user', 'res.group'])
        group, = Group.search([('name', '=', "Product Administration")])
        clerk, = User.create([{'name': 'Clerk', 'login': 'clerk', 'groups': [('add', [group.id])]}])
        with Transaction().set_user(clerk.id), Transaction().set_context(_check_access=True):
            found = self.classification(self.product('GOGGLE,NIGHT VISION'))
            self.assertEqual(found.verdict, 'possible')
            with self.assertRaises(AccessButtonError):
                Classification.accept([found])
            with self.assertRaises(AccessError):
                Classification.write([found], {'decision': 'no_match'})
        self.assertEqual(found.state, 'open')

    @with_transaction()
    def test_bulk(self):
        "The wizard goes through all products, step by step, and says how far it is"
        pool = Pool()
        for at in range(2):
            self.product(f'GOGGLE,NIGHT VISION {at}')
        unit, = pool.get('product.uom').search([('name', '=', 'Unit')])
        pool.get('product.template').create([{
                    'name': 'PENCIL', 'default_uom': unit.id, 'products': [('create', [{} for _ in range(STEP)])]}])
        Classification = pool.get('sekisho.classification')
        Classification.delete(Classification.search([]))
        Classify = pool.get('sekisho.classify', type='wizard')
        session, start, end = Classify.create()
        view = Classify.execute(session, {}, start)['view']
        shown, steps = view['defaults'], 0
        while view['state'] == 'progress':
            view = Classify.execute(session, {'progress': shown}, 'step')['view']
            shown, steps = view['defaults'], steps + 1
        self.assertEqual((steps, shown['done'], shown['total'], shown['progress']), (2, STEP + 2, STEP + 2, 1.))
        self.assertEqual(shown['changed'], STEP + 2)
        self.assertEqual(Classification.search([], count=True), STEP + 2)

    @with_transaction()
    def test_golden(self):
        "The golden items come out as the command line has them"
        spec = importlib.util.spec_from_file_location('golden', os.environ['SEKISHO_GOLDEN'])
        golden = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(golden)
        for name, description, part_number, line in golden.cases(os.environ['SEKISHO_CLI']):
            expected = [
                (listing['list'], c['entry'], c['verdict'], c['cite'])
                for listing in json.loads(line)['lists'] for c in listing['candidates']]
            product = self.product(description.strip() or '-', part_number or None)  # a name is not blank
            found = self.classification(product)
            got = [(f.list_, f.entry, f.verdict, f.cite) for f in found.findings]
            self.assertEqual(sorted(got), sorted(expected), name)
            Pool().get('product.product').delete([product])  # codes are unique, and items share part numbers

    @staticmethod
    def configure(**limits):
        """The limits in the section [sekisho], and the engine made anew by them."""
        if not config.has_section('sekisho'):
            config.add_section('sekisho')
        for name in ('max_input_bytes', 'max_matches', 'max_steps', 'max_memory_bytes'):
            config.set('sekisho', name, limits.get(name, ''))
        return engine(anew=True)

    def test_limits(self):
        "Each limit of the configuration holds at the least value that an item needs, and one below it"
        self.addCleanup(self.configure)
        sys.path.insert(0, os.path.dirname(os.environ['SEKISHO_GOLDEN']))
        limits = importlib.import_module('limits')
        sekisho = os.environ['SEKISHO_CLI']
        whole = judge(limits.ITEM, None)
        self.assertEqual(whole['verdict'], 'match')
        for name in limits.NOTICES:
            least = limits.least(sekisho, name)
            for value in (str(least), '0', ''):
                self.configure(**{name: value})
                self.assertEqual(judge(limits.ITEM, None), whole, (name, value))
            self.configure(**{name: str(least - 1)})
            beyond = json.loads(limits.command_line(sekisho, name, least - 1))
            self.assertIn(limits.NOTICES[name], [notice['id'] for notice in beyond['notices']])
            self.assertEqual(judge(limits.ITEM, None)['notices'],
                '\n'.join(f"{notice['en']} / {notice['ja']}" for notice in beyond['notices']), name)
            self.configure(**{name: '1'})
            found = judge(limits.ITEM, None)
            self.assertEqual((found['verdict'], found['findings']), ('unknown', []), name)

    def test_bad_limits(self):
        "A limit that is none is an error with its name, and changes nothing"
        self.addCleanup(self.configure)
        for name in ('max_input_bytes', 'max_matches', 'max_steps', 'max_memory_bytes'):
            before = self.configure()
            for value in ('many', '1.5', '-1', str(2 ** 64)):
                with self.assertRaisesRegex(ValueError, name):
                    self.configure(**{name: value})
                self.assertIs(engine(), before)

    def test_japanese(self):
        "Labels are there in Japanese, all of them"
        path = os.path.join(os.path.dirname(__file__), '..', 'locale', 'ja.po')
        entries = polib.pofile(path)
        self.assertTrue(len(entries) > 30)
        self.assertEqual(entries.untranslated_entries(), [])


del ModuleTestCase
