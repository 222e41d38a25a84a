// What the machine found of a record, and what a person made of it. One row for each record of an annotated entity.
namespace sekisho;

type Verdict : String(16) @assert.range enum { match; possible; catch_all; unknown; excluded; no_match; };
type Status : String(16) @assert.range enum { open; accepted; overridden; };

// Auto-exposed, for reading, wherever an association to it is.
@cds.autoexpose @readonly
entity Classifications {
  key entity       : String(255) @title: '{i18n>entity}';
  key record       : String(255) @title: '{i18n>record}';
      description  : LargeString @title: '{i18n>description}'; // the texts that were judged
      partNumber   : String(5000) @title: '{i18n>partNumber}';
      verdict      : Verdict     @title: '{i18n>verdict}'; // the machine's, the strictest of all lists
      status       : Status default 'open' @title: '{i18n>status}';
      changed      : Boolean default false @title: '{i18n>changed}'; // the machine says something else than it did when a person decided
      decision     : Verdict     @title: '{i18n>decision}'; // the person's; never written by the machine
      reason       : String(5000) @title: '{i18n>reason}';
      reviewer     : String(255) @title: '{i18n>reviewer}';
      reviewedAt   : Timestamp   @title: '{i18n>reviewedAt}';
      taxonomy     : String(64)  @title: '{i18n>taxonomy}';
      digest       : String(71)  @title: '{i18n>digest}';
      asOf         : Date        @title: '{i18n>asOf}';
      classifiedAt : Timestamp   @title: '{i18n>classifiedAt}';
      notices      : LargeString @title: '{i18n>notices}';
      @title: '{i18n>findings}'
      findings     : Composition of many {
        key position : Integer;
            list     : String(64)  @title: '{i18n>list}';
            entry    : String(255) @title: '{i18n>entry}';
            verdict  : Verdict     @title: '{i18n>verdict}';
            score    : Double;
            title    : String(5000);
            title_ja : String(5000);
            cite     : String(5000) @title: '{i18n>cite}';
            missing  : LargeString @title: '{i18n>missing}';
            evidence : LargeString @title: '{i18n>evidence}';
      };
}

using from './srv/review';
