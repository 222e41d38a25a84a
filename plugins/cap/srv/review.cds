// The worklist and what reviewers do with it, at /odata/v4/sekisho.
using {sekisho} from '../index';

@path    : 'sekisho'
@requires: ['SekishoReviewer', 'SekishoAdmin']
service SekishoService {
  @readonly
  entity Classifications as projection on sekisho.Classifications actions {
    /** The machine is right. */
    action accept(reason: String(5000)) returns Classifications;
    /** The machine is wrong; a reason is asked for. */
    action overrule(verdict: sekisho.Verdict, reason: String(5000)) returns Classifications;
  };

  /** What a person has to look at: something was found or could not be judged, and nobody has decided on just that. */
  @readonly
  entity Worklist as projection on sekisho.Classifications
    where (verdict <> 'no_match' and status = 'open') or changed = true;

  /** After a change of the lists: loads the pack of the configuration anew, then judges all records of which it, or the
   * text, is another than last time, and those that were never judged. */
  @requires: 'SekishoAdmin'
  action reclassify() returns { taxonomy: String; digest: String; seen: Integer; classified: Integer; changed: Integer; };
}
