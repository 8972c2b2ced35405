/*  Runs one Prolog program nobody has read on goals nobody has proved yet.

    Loaded once by the Prolog zygote; each forked child calls load/4 once and ask/5 once per goal.
    Both take and give text only. Background and source go into the module `program` with
    load_files(sandboxed(true)): directives and conditions are checked before they run, every
    message of the loader is a failure. A goal is called only if its predicate is the program's
    entry and safe_goal/1 has accepted the most general call of it. The reply is
    "Kind\nLine\nText".
*/

:- module(peirce_runner, [load/4, ask/5]).

:- use_module(library(aggregate)).
:- use_module(library(apply)).
:- use_module(library(assoc)).
:- use_module(library(error)).
:- use_module(library(lists)).
:- use_module(library(ordsets)).
:- use_module(library(pairs)).
:- use_module(library(prolog_wrap)).
:- use_module(library(random)).
:- use_module(library(sandbox)).
:- use_module(library(solution_sequences)).
:- use_module(library(yall)).
% What programs like to use, so that no file need be opened for it later.
:- if(\+ current_prolog_flag(peirce_cold, true)).
:- use_module(library(clpfd), []).
% It comes with clpfd, and would load yall where it first expands a call of a lambda.
:- use_module(library(apply_macros), []).
:- apply_macros:use_module(library(yall)).
:- use_module(library(dcg/basics), []).
:- use_module(library(dcg/high_order), []).
:- use_module(library(dicts), []).
:- use_module(library(gensym), []).
:- use_module(library(heaps), []).
:- use_module(library(nb_set), []).
:- use_module(library(occurs), []).
:- use_module(library(option), []).
:- use_module(library(prolog_code), []).
:- use_module(library(prolog_format), []).
:- use_module(library(rbtrees), []).
:- use_module(library(when), []).
:- use_module(library(strings), []).
:- use_module(library(terms), []).
:- use_module(library(ugraphs), []).
:- endif.

:- dynamic complaint/2, callable_head/1.

% ---- output: programs may print, nobody listens -----------------------------------------------

silent(write(_)).
silent(write(_, _)).
silent(writeln(_)).
silent(writeln(_, _)).
silent(print(_)).
silent(writeq(_)).
silent(write_canonical(_)).
silent(write_term(_, _)).
silent(nl).
silent(nl(_)).
silent(tab(_)).
silent(put_char(_)).
silent(portray_clause(_)).
silent(flush_output).

:- forall(silent(Head), (
       redefine_system_predicate(program:Head),
       assertz(program:Head)
   )).

% ---- warming up: what is loaded at the first call must be loaded now ---------------------------

warm(format("~w ~a ~q ~p ~d ~D ~2f ~e ~g ~s ~c ~8r ~i ~*c ~t~20|~n", [a])).
warm(format(atom(_), "~w", [a])).
warm(format("a")).
warm(maplist([X, Y]>>succ(X, Y), [1], [_])).
warm(foldl([X, A, B]>>plus(X, A, B), [1], 0, _)).
warm(aggregate_all(count, member(_, [a]), _)).
warm(aggregate_all(max(X), member(X, [1]), _)).
warm(setof(X, Y^member(X-Y, [1-2]), _)).
warm(forall(member(X, [1]), X > 0)).
warm(findall(X, member(X, [1]), _)).
warm(( list_to_assoc([a-1], A), get_assoc(a, A, _) )).
warm(( sort(0, @>=, [1, 2], _), msort([b, a], _), predsort(compare, [b, a], _) )).
warm(( split_string("a b", " ", "", _), string_code(1, "a", _), sub_atom(abc, _, 1, _, b) )).
warm(( phrase(([a], [b]), [a, b]) )).
warm(( dif(X, a), X = b )).
warm(( freeze(X, true), X = 1 )).
warm(( when(ground(X), true), X = 1 )).
warm(( sumlist([1], _), sum_list([1], _), max_list([1], _), last([1], _), nth0(0, [a], _) )).
warm(( exclude([X]>>(X > 1), [1], _), partition([X]>>(X > 1), [1, 2], _, _) )).
warm(call_with_depth_limit(true, 10, _)).
warm(( limit(1, member(_, [a, b])), order_by([asc(X)], member(X, [2, 1])) )).

:- if(\+ current_prolog_flag(peirce_cold, true)).
:- forall(clause(warm(Goal), true), catch(( safe_goal(warmed:Goal), ignore(warmed:Goal) ), _, true)).
:- endif.

% ---- loading -----------------------------------------------------------------------------------

:- multifile user:message_hook/3.

user:message_hook(Term, Kind, _) :-
    memberchk(Kind, [error, warning]),
    (   source_location(_, Line) -> true ; Line = 0 ),
    assertz(peirce_runner:complaint(Line, Term)).

%   load_files/2 checks directives, but would run the condition of `:- if(Condition)` as it stands.
:- wrap_predicate('$expand':'$eval_if'(Condition), peirce_checked, Evaluated,
                  peirce_runner:evaluated(Condition, Evaluated)).

evaluated(Condition, Evaluated) :-
    (   current_prolog_flag(sandboxed_load, true), \+ in_library
    ->  '$current_source_module'(Module),
        expand_goal(Condition, Goal),
        % As a part of a body, for a goal that names a module is looked at from there.
        safe_goal(Module:(true, Goal)),
        call(Module:Goal)
    ;   call(Evaluated)
    ).

in_library :-
    prolog_load_context(source, Source),
    current_prolog_flag(home, Home),
    sub_atom(Source, 0, _, _, Home).

%   library(sandbox) takes `m:assertz(fact)` and `m:call(assertz(fact))` for safe, whatever m is.
:- wrap_predicate(sandbox:safe(Goal, Module, _, _, _), peirce_own, Judged,
                  (   peirce_runner:reaches_out(Goal, Module)
                  ->  peirce_runner:refused(Goal)
                  ;   call(Judged)
                  )).

reaches_out(Goal, Module) :-
    nonvar(Goal),
    Goal = Other:Inner,
    atom(Other),
    Other \== Module,
    callable(Inner),
    module_property(Module, class(user)),
    predicate_property(system:Inner, defined).

refused(Goal) :-
    throw(error(permission_error(call, sandboxed, Goal), _)).

%!  load(+Background, +Source, +Entry, -Reply)
load(Background, Source, Entry, Reply) :-
    catch(loaded(Background, Source, Entry, Reply), Error, failure(load, 0, Error, Reply)).

loaded(Background, Source, Entry, Reply) :-
    (   known_facts(Background)
    ->  ready(Source, Entry, Reply)
    ;   consulted(background, Background, Trouble)
    ->  (   Trouble = none
        ->  ready(Source, Entry, Reply)
        ;   Trouble = Line-Term,
            failure(load, 0, Term, Reply0),
            split_string(Reply0, "\n", "", [Kind, _ | Rest]),
            atomic_list_concat(Rest, ' ', Text),
            format(string(Reply), "~s\n0\nthe background, line ~w: ~w", [Kind, Line, Text])
        )
    ).

ready(Source, Entry, Reply) :-
    consulted(source, Source, Trouble),
    (   Trouble = Line-Term
    ->  failure(load, Line, Term, Reply)
    ;   findall(Head, entry_head(Entry, Head), Heads),
        (   Heads == []
        ->  format(string(Reply), "load\n0\n~w is not defined", [Entry])
        ;   checked(Heads, Reply)
        )
    ).

%   A background of facts alone has nothing to check and nothing to compile: its facts are stored
%   as they are read, ten times as fast as load_files/2. Anything else leaves all to the loader.
known_facts(Text) :-
    catch(setup_call_cleanup(open_string(Text, Stream), facts(Stream, Facts), close(Stream)),
          _, fail),
    new_predicates(Facts, [], Predicates),
    forall(member(Fact, Facts), assertz(program:Fact)),
    findall(program:Predicate, member(Predicate, Predicates), Qualified),
    compile_predicates(Qualified).

facts(Stream, Facts) :-
    read_term(Stream, Term, [syntax_errors(error)]),
    (   Term == end_of_file
    ->  Facts = []
    ;   is_fact(Term),
        Facts = [Term | Rest],
        facts(Stream, Rest)
    ).

is_fact(Term) :-
    callable(Term),
    functor(Term, Name, _),
    \+ hook(Name),
    atom_codes(Name, [First | _]),
    code_type(First, alpha).

%   Facts that change how the rest is read are left to the checks of the loader.
hook(term_expansion).
hook(goal_expansion).
hook(dcg_translate_rule).

new_predicates([], Predicates, Predicates).
new_predicates([Fact | Facts], Seen, Predicates) :-
    functor(Fact, Name, Arity),
    (   memberchk(Name/Arity, Seen)
    ->  new_predicates(Facts, Seen, Predicates)
    ;   \+ predicate_property(system:Fact, defined),
        \+ current_predicate(program:Name/Arity),  % looks for nothing to load
        new_predicates(Facts, [Name/Arity | Seen], Predicates)
    ).

consulted(Name, Text, Trouble) :-
    retractall(complaint(_, _)),
    style_check(-singleton),
    style_check(-discontiguous),
    setup_call_cleanup(
        open_string(Text, Stream),
        catch(load_files(program:Name, [stream(Stream), sandboxed(true), silent(true)]),
              Error, print_message(error, Error)),
        close(Stream)),
    (   complaint(Line, Term) -> Trouble = Line-Term ; Trouble = none ).

entry_head(Entry, Head) :-
    atom_string(Name, Entry),
    current_predicate(program:Name/Arity),
    functor(Head, Name, Arity),
    (   predicate_property(program:Head, imported_from(Module))
    ->  module_property(Module, class(user))
    ;   true
    ).

checked([], "ok\n0\n").
checked([Head | Heads], Reply) :-
    catch(( safe_goal(program:Head), Trouble = none ), Error, Trouble = Error),
    (   Trouble == none
    ->  assertz(callable_head(Head)),
        checked(Heads, Reply)
    ;   failure(load, 0, Trouble, Reply)
    ).

% ---- asking ------------------------------------------------------------------------------------

%!  ask(+Text, +Entry, +Mode, +Limit, -Reply)
%
%   Text is a goal. With a variable Out the answer is what Out is bound to by the first solution;
%   without one it is whether the goal holds, or, in mode "explain", why it does or does not.
ask(Text, Entry, Mode, Limit, Reply) :-
    catch(asked(Text, Entry, Mode, Limit, Reply), Error, failure(error, 0, Error, Reply)).

asked(Text, Entry, Mode, Limit, Reply) :-
    term_string(Goal, Text, [variable_names(Names), module(peirce_runner)]),
    must_be(callable, Goal),
    functor(Goal, Name, Arity),
    (   \+ \+ callable_head(Goal), atom_string(Name, Entry)
    ->  answer(Mode, Goal, Names, Limit, Reply)
    ;   format(string(Reply), "error\n0\nthe goal asks for ~w/~w, which the program does not define",
               [Name, Arity])
    ).

answer(explain, Goal, [], Limit, Reply) :-
    !,
    Many is Limit // 5,
    Few is Limit // 50,
    (   stopped(program:Goal, Many, _)
    ->  Why = stuck(Goal, 3, Few, Text)
    ;   Why = explanation(Goal, Text)
    ),
    call_with_inference_limit(Why, Limit, Result),
    (   Result == inference_limit_exceeded
    ->  said("its proof is too long to show", Reply)
    ;   said(Text, Reply)
    ).
answer(_, Goal, Names, Limit, Reply) :-
    (   call_with_inference_limit(once(program:Goal), Limit, Result)
    ->  true
    ;   Result = false
    ),
    (   Result == inference_limit_exceeded
    ->  format(string(Reply), "error\n0\ntook more than ~D inferences", [Limit])
    ;   memberchk('Out'=Out, Names)
    ->  valued(Result, Out, Reply)
    ;   truth(Result, Text),
        format(string(Reply), "value\n0\n~w", [Text])
    ).

truth(false, false) :- !.
truth(_, true).

valued(false, _, "error\n0\nthe program has no answer (its goal fails)") :- !.
valued(_, Out, Reply) :-
    (   cyclic_term(Out)
    ->  Reply = "type\n0\nthe answer is a cyclic term"
    ;   \+ ground(Out)
    ->  Reply = "type\n0\nthe answer holds an unbound variable"
    ;   phrase(json(Out), Codes)
    ->  format(string(Reply), "value\n0\n~s", [Codes])
    ;   Reply = "type\n0\nthe answer is not a list, number, text or truth value"
    ).

said(Text, Reply) :-
    phrase(json(Text), Codes),
    format(string(Reply), "value\n0\n~s", [Codes]).

json(Term) --> { integer(Term) }, !, { number_codes(Term, Codes) }, list(Codes).
json(Term) --> { float(Term) }, !, { number_codes(Term, Codes) }, list(Codes).
json([]) --> !, "[]".
json([First | Rest]) --> !, "[", json(First), items(Rest).
json(Term) --> { string(Term) }, !, quoted(Term).
json(true) --> !, "true".
json(false) --> !, "false".
json(Term) --> { atom(Term) }, !, quoted(Term).
json(Term) --> { format(string(Text), "~q", [Term]) }, quoted(Text).

items([]) --> !, "]".
items([First | Rest]) --> ",", json(First), items(Rest).

quoted(Text) --> { string_codes(Text, Codes) }, "\"", characters(Codes), "\"".

characters([]) --> [].
characters([Code | Codes]) --> character(Code), characters(Codes).

character(0'") --> !, "\\\"".
character(0'\\) --> !, "\\\\".
character(Code) --> { Code >= 32, Code < 127 }, !, [Code].
character(Code) --> { Code < 0x10000 }, !, unit(Code).
character(Code) -->
    { High is 0xd800 + ((Code - 0x10000) >> 10), Low is 0xdc00 + ((Code - 0x10000) /\ 0x3ff) },
    unit(High), unit(Low).

unit(Code) --> { format(codes(Codes), "\\u~|~`0t~16r~4+", [Code]) }, list(Codes).

list([]) --> [].
list([Item | Items]) --> [Item], list(Items).

% ---- failures in words -------------------------------------------------------------------------

failure(Kind0, Line, Error, Reply) :-
    kind(Error, Kind0, Kind),
    (   catch(words(Error, Text), _, fail) -> true ; Text = "it failed to load or to run" ),
    split_string(Text, "\n", " \t", Parts0),
    exclude(==(""), Parts0, Parts),
    atomic_list_concat(Parts, ' ', Flat),
    place(Error, Line, Place),
    format(string(Reply), "~w\n~w\n~w", [Kind, Place, Flat]).

kind(error(permission_error(_, sandboxed, _), _), _, policy) :- !.
kind(error(permission_error(_, sandboxed_directive, _), _), _, policy) :- !.
kind(error(resource_error(_), _), _, memory) :- !.
kind(_, Kind, Kind).

place(error(_, file(_, Line, _, _)), _, Line) :- !.
place(error(_, stream(_, Line, _, _)), _, Line) :- !.
place(_, Line, Line).

words(error(existence_error(procedure, What), _), Text) :-
    !,
    indicator(What, Indicator),
    format(string(Text), "~w is called, but neither the program nor the background defines it",
           [Indicator]).
words(redefined_procedure(_, What), Text) :-
    !,
    indicator(What, Indicator),
    format(string(Text), "~w is given by the background and cannot be defined again", [Indicator]).
words(error(permission_error(modify, static_procedure, What), _), Text) :-
    !,
    indicator(What, Indicator),
    format(string(Text), "~w belongs to Prolog; a relation of one's own needs another name",
           [Indicator]).
words(error(permission_error(_, sandboxed, Goal), _), Text) :-
    !,
    format(string(Text), "~p is not allowed", [Goal]).
words(error(syntax_error(What), _), Text) :-
    !,
    format(string(Text), "syntax error: ~p", [What]).
words(error(resource_error(What), _), Text) :-
    !,
    format(string(Text), "not enough ~w", [What]).
words(Error, Text) :-
    message_to_codes(Error, Text).

indicator(_:What, Indicator) :- !, indicator(What, Indicator).
indicator(Name/Arity, Name/Arity) :- !.
indicator(Goal, Name/Arity) :- functor(Goal, Name, Arity).

message_to_codes(Term, Text) :-
    phrase('$messages':translate_message(Term), Lines),
    with_output_to(string(Text), print_message_lines(current_output, '', Lines)).

% ---- why a goal holds or fails -----------------------------------------------------------------

%!  explanation(+Goal, -Text)
explanation(Goal, Text) :-
    (   \+ \+ once(program:Goal)
    ->  once(proof(Goal, 3, Steps)),
        atomic_list_concat(Steps, '; ', Text0)
    ;   blame(Goal, 3, Text0)
    ),
    atom_string(Text0, Text).

proof(Goal, Depth, [Step | Steps]) :-
    Depth > 0,
    rule(Goal, Number, Body, Total),
    once(program:Body),
    !,
    conjuncts(Body, Goals),
    numbered(Total, Number, Clause),
    lettered(Goal-Goals, Name-Names),
    shown(Names, Shown),
    format(atom(Step), "~p holds by ~w~w", [Name, Clause, Shown]),
    Next is Depth - 1,
    findall(Deeper, ( member(Part, Goals), own_rule(Part), proof(Part, Next, Deeper) ), Nested),
    append(Nested, Steps).
proof(Goal, _, [Step]) :-
    lettered(Goal, Name),
    format(atom(Step), "~p holds", [Name]).

%   Variables as A, B, C: the numbers that Prolog gives them say nothing and differ between runs.
lettered(Term, Lettered) :-
    copy_term_nat(Term, Lettered),
    numbervars(Lettered, 0, _).

shown([], '') :- !.
shown(Goals, Shown) :-
    maplist([Goal, Text]>>format(atom(Text), "~p", [Goal]), Goals, Texts),
    atomic_list_concat(Texts, ', ', Joined),
    atom_concat(': ', Joined, Shown).

blame(Goal, Depth, Text) :-
    findall(Reach-Words, ( Depth > 0, blamed_clause(Goal, Depth, Reach, Words) ), Found),
    (   Found == []
    ->  lettered(Goal, Name),
        format(atom(Text), "~p matches no clause", [Name])
    ;   sort(1, @>=, Found, [_-Text | _])
    ).

blamed_clause(Goal, Depth, Reach, Text) :-
    rule(Goal, Number, Body, Total),
    conjuncts(Body, Goals),
    Goals \== [],
    furthest(Goals, Done, Failing),
    length(Done, Reach),
    numbered(Total, Number, Clause),
    lettered([Goal, Failing | Done], [Name, Last | Names]),
    (   Done == []
    ->  format(atom(Start), "~p fails in ~w: ~p does not hold", [Name, Clause, Last])
    ;   shown(Names, Shown),
        format(atom(Start), "~p fails in ~w~w, then ~p does not hold", [Name, Clause, Shown, Last])
    ),
    (   Depth > 1, own_rule(Failing)
    ->  Next is Depth - 1,
        blame(Failing, Next, Deeper),
        atomic_list_concat([Start, Deeper], '; ', Text)
    ;   Text = Start
    ).

%!  stuck(+Goal, +Depth, +Few, -Text)
%
%   Where a long proof or one that raises an error comes to that: the first goal of a clause that
%   does so by itself when it is asked for all its answers.
stuck(Goal, Depth, Few, Text) :-
    (   stuck_clause(Goal, Few, Clause, Done, Part, How)
    ->  lettered([Goal, Part | Done], [Name, Last | Names]),
        shown(Names, Shown),
        format(atom(Start), "~p ~w in ~w~w, at ~p", [Name, How, Clause, Shown, Last]),
        (   Depth > 1, own_rule(Part)
        ->  Next is Depth - 1,
            stuck(Part, Next, Few, Deeper),
            atomic_list_concat([Start, Deeper], '; ', Text0)
        ;   Text0 = Start
        )
    ;   lettered(Goal, Name),
        format(atom(Text0), "~p is where it stops", [Name])
    ),
    atom_string(Text0, Text).

stuck_clause(Goal, Few, Clause, Done, Part, How) :-
    rule(Goal, Number, Body, Total),
    conjuncts(Body, Goals),
    append(Done, [Part | _], Goals),
    foldl([Each, Before, (Before, Each)]>>true, Done, true, Start),
    program:Start,
    stopped(forall(program:Part, true), Few, How),
    numbered(Total, Number, Clause).

stopped(Goal, Most, How) :-
    catch(( call_with_inference_limit(ignore(once(Goal)), Most, Result),
            Result == inference_limit_exceeded,
            format(atom(How), "takes more than ~D inferences", [Most]) ),
          _, How = 'raises an error').

%   The longest start of a body that can be satisfied, and the goal that fails after it.
furthest(Goals, Done, Failing) :-
    length(Goals, Length),
    Most is Length - 1,
    between(0, Most, Less),
    Take is Most - Less,
    length(Done, Take),
    append(Done, [Failing | _], Goals),
    foldl([Goal, Before, (Before, Goal)]>>true, Done, true, Start),
    once(program:Start),
    !.

rule(Goal, Number, Body, Total) :-
    own(Goal),
    predicate_property(program:Goal, number_of_clauses(Total)),
    nth_clause(program:Goal, Number, Reference),
    clause(program:Goal, Body, Reference).

own(Goal) :-
    callable(Goal),
    predicate_property(program:Goal, defined),
    \+ predicate_property(program:Goal, imported_from(_)),
    \+ predicate_property(program:Goal, foreign),
    \+ silent(Goal).

own_rule(Goal) :-
    own(Goal),
    \+ \+ ( clause(program:Goal, Body), Body \== true ).

conjuncts(true, []) :- !.
conjuncts((Left, Right), Goals) :-
    !,
    conjuncts(Left, First),
    conjuncts(Right, Second),
    append(First, Second, Goals).
conjuncts(!, []) :- !.
conjuncts(Goal, []) :- silent(Goal), !.
conjuncts(Goal, [Goal]).

numbered(1, _, 'its clause') :- !.
numbered(_, Number, Text) :- atom_concat('clause ', Number, Text).
