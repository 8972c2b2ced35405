/*  Consults what the user trusts and answers goals about it, in the process that embeds Prolog.

    A reply is a list of texts and lists of texts, so that one call brings all there is to say:
    ["error", File, Line, Text, Advice, Number of further complaints]; ["done"] after loading; or
    [Status, Names, Row...], where a row has a text for each name and one for the constraints on
    what is still unbound. Status is "cut" if there may be more answers than the limit, else "all".
*/

:- module(peirce_trusted, [load/2, load_text/3, ask/3]).

:- use_module(library(apply)).
:- use_module(library(error)).
:- use_module(library(lists)).

:- dynamic complaint/4, busy/0, listening/0.

% What programs print is not an answer.
:- stream_property(Error, alias(user_error)), set_stream(Error, alias(user_output)).

:- multifile user:message_hook/3.

user:message_hook(Term, Kind, Lines) :-
    peirce_trusted:listening,
    memberchk(Kind, [error, warning]),
    Term \= ignored_weak_import(_, _),  % a definition of one's own instead of a library's
    peirce_trusted:complain(Term, Lines).

% It would end the process that embeds Prolog without a word.
:- at_halt(peirce_trusted:stay).

stay :-
    (   busy
    ->  complain(halt, ['halt is called, which would end Peirce too']),
        cancel_halt(busy)
    ;   true
    ).

complain(Term, Lines0) :-
    (   Lines0 = [url(_), ': ' | Lines] -> true ; Lines = Lines0 ),
    with_output_to(string(Text), print_message_lines(current_output, '', Lines)),
    place(Term, File, Line),
    advice(Term, Advice),
    assertz(complaint(File, Line, Text, Advice)).

place(error(_, Place), File, Line) :- nonvar(Place), Place = file(File, Line, _, _), !.
place(_, File, Line) :- source_location(File, Line), !.
place(_, '', 0).

advice(error(existence_error(procedure, _), _),
       "check its name and number of arguments, or give the file that defines it") :- !.
advice(error(syntax_error(_), _), "see to its brackets, commas, quotes and full stop") :- !.
advice(error(resource_error(_), _), "see whether its recursion comes to an end") :- !.
advice(redefined_procedure(_, _), "define it in one file, or declare it multifile in each") :- !.
advice(halt, "take it out") :- !.
advice(_, "mend it and ask again").

%!  load(+File, -Reply)
load(File, Reply) :-
    heard(loaded(File, [encoding(utf8)]), ["done"], Reply).

%!  load_text(+Text, +Id, -Reply)
load_text(Text, Id, Reply) :-
    setup_call_cleanup(
        open_string(Text, Stream),
        heard(loaded(Id, [stream(Stream)]), ["done"], Reply),
        close(Stream)).

loaded(Id, Options) :-
    style_check(-singleton),
    style_check(-discontiguous),
    listened(load_files(user:Id, Options)).

%!  ask(+Text, +Limit, -Reply)
ask(Text, Limit, Reply) :-
    heard(answers(Text, Limit, Answers), Answers, Reply).

heard(Goal, Good, Reply) :-
    retractall(complaint(_, _, _, _)),
    set_output(user_error),
    setup_call_cleanup(
        assertz(busy),
        catch(Goal, Error, object(Error)),
        retractall(busy)),
    findall([File, Line, Words, Advice], told(File, Line, Words, Advice), Complaints),
    (   Complaints = [First | Others]
    ->  length(Others, More),
        format(string(Left), "~d", [More]),
        append(["error" | First], [Left], Reply)
    ;   Reply = Good
    ).

listened(Goal) :-
    setup_call_cleanup(assertz(listening), Goal, retractall(listening)).

told(File, Line, Words, Advice) :-
    complaint(File0, Line0, Words, Advice),
    format(string(File), "~w", [File0]),
    format(string(Line), "~w", [Line0]).

%   Without what says nothing of the user's own: catch/3 in between, the place in a goal of one
%   line, the frames of a stack.
object(error(existence_error(procedure, Name), context(system:_, _))) :-
    !,
    listened(print_message(error, error(existence_error(procedure, Name), _))).
object(error(syntax_error(What), stream(_, _, _, _))) :-
    !,
    listened(print_message(error, error(syntax_error(What), _))).
object(error(resource_error(What), Context)) :-
    !,
    complain(error(resource_error(What), Context), ['it runs out of stack or table space']).
object(error(Formal, Context)) :-
    !,
    listened(print_message(error, error(Formal, Context))).
object(Thrown) :-
    complain(Thrown, ['nothing catches ~q'-[Thrown]]).

answers(Text, Limit, [Status, Names | Rows]) :-
    parsed(Text, Goal, All),
    must_be(callable, Goal),
    exclude(unnamed, All, Named),
    findall(Name, ( member(Variable=_, Named), atom_string(Variable, Name) ), Names),
    (   Names == [] -> Most = 1 ; Most = Limit ),
    Count = count(0, "all"),
    findall(Row, answer(user:Goal, Named, Most, Count, Row), Rows),
    (   Names == [] -> Status = "all" ; arg(2, Count, Status) ).

parsed(Text, Goal, Names) :-
    setup_call_cleanup(open_string(Text, Stream), parsed_from(Stream, Goal, Names), close(Stream)).

parsed_from(Stream, Goal, Names) :-
    read_term(Stream, Goal, [variable_names(Names), module(user)]),
    read_term(Stream, Rest, [module(user)]),
    (   Rest == end_of_file -> true ; syntax_error('more than one goal at once') ).

unnamed(Name=_) :-
    sub_atom(Name, 0, _, _, '_').

answer(Goal, Named, Most, Count, Row) :-
    call_cleanup(Goal, Last = true),
    arg(1, Count, Before),
    Now is Before + 1,
    nb_setarg(1, Count, Now),
    row(Named, Row),
    (   Now < Most
    ->  true
    ;   ( Last == true -> true ; nb_setarg(2, Count, "cut") ),
        !
    ).

row(Named, Row) :-
    copy_term(Named, Bound, Constraints),
    term_variables(Bound-Constraints, Variables),
    foldl(numbered, Variables, Names, 1, _),
    findall(Text, ( member(_=Value, Bound), text(Value, Names, Text) ), Texts),
    findall(Text, ( member(Goal, Constraints), plain(Goal, Bare), text(Bare, Names, Text) ), Parts),
    atomic_list_concat(Parts, ', ', Joined),
    atom_string(Joined, Constraint),
    append(Texts, [Constraint], Row).

%   Without the module where users would not write it either.
plain(Module:Goal, Goal) :- predicate_property(user:Goal, imported_from(Module)), !.
plain(Goal, Goal).

numbered(Variable, Name=Variable, Number, Next) :-
    atom_concat('_', Number, Name),
    Next is Number + 1.

text(Term, Names, Text) :-
    Options = [quoted(true), variable_names(Names), cycles(true), spacing(next_argument)],
    with_output_to(string(Text), write_term(Term, Options)).
