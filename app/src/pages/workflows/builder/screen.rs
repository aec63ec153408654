//! What the parts of the builder share.

use super::keeping::{Keeping, Kept};
use crate::api::workflows::{Builder, RunDetail, Surroundings, TestSession, WorkingCopy};
use crate::browser;
use crate::clock::Clock;
use crate::pages::settings::Doing;
use crate::pages::workflows::map::Trail;
use crate::parts::Toasts;
use crate::state::builder::{Begin, BuilderState, Doomed, Spot, Unsaved, begin};
use crate::text;
use domain::workflow::check::{self, At, Flaw, Workspace};
use domain::workflow::graph::{Graph, Place, StepId};
use domain::workflow::view::WorkflowRow;
use domain::{PersonId, WorkflowId};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where this browser remembers how somebody likes to look at workflows.
const LOOK: &str = "baton.builder.look";
/// Below this many pixels the outline is shown first.
const PHONE: f64 = 768.0;

/// How the workflow is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Canvas,
    Outline,
}

impl Look {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Canvas => "canvas",
            Self::Outline => "outline",
        }
    }
}

/// The builder of one workflow.
#[derive(Clone, Copy)]
pub struct Screen {
    pub id: WorkflowId,
    pub me: PersonId,
    pub workflow: RwSignal<WorkflowRow>,
    pub state: RwSignal<BuilderState>,
    pub graph: Memo<Arc<Graph>>,
    pub selected: Memo<Spot>,
    pub around: StoredValue<Surroundings>,
    pub workspace: RwSignal<Workspace>,
    /// What keeps it from being saved.
    pub flaws: Memo<Vec<Flaw>>,
    /// What its author should look at again.
    pub advice: Memo<Vec<Flaw>>,
    /// The first flaw of everything that has one.
    pub faults: Memo<BTreeMap<At, String>>,
    /// The loop that publishing would close, as the server found it.
    pub closes_loop: RwSignal<Option<String>>,
    /// Whether nothing can be changed because it runs.
    pub locked: Memo<bool>,
    pub look: RwSignal<Look>,
    /// How large the canvas is drawn, in percent.
    pub zoom: RwSignal<u32>,
    /// Counts how often the canvas shall be seen whole.
    pub center: RwSignal<u32>,
    pub drawer: RwSignal<bool>,
    /// Where a step is being added.
    pub adding: RwSignal<Option<Place>>,
    /// Whether another trigger is being chosen.
    pub choosing: RwSignal<bool>,
    pub doomed: RwSignal<Option<Doomed>>,
    /// A newer save of somebody else's.
    pub newer: RwSignal<Option<(WorkflowRow, Graph)>>,
    pub restored: RwSignal<bool>,
    pub keeping: Keeping,
    pub stopping: RwSignal<bool>,
    /// Pages where a bot is known, which publishing has to be confirmed for (CR-30).
    pub beside_bots: RwSignal<Option<Vec<String>>>,
    /// Why it was not published.
    pub unpublished: RwSignal<Option<String>>,
    pub test: RwSignal<Option<TestSession>>,
    pub testing: RwSignal<bool>,
    /// The newest run of the test.
    pub trace: RwSignal<Option<RunDetail>>,
    /// The path it took.
    pub trail: Memo<Trail>,
    /// Whether its turns are shown.
    pub tracing: RwSignal<bool>,
    pub rehearsing: RwSignal<bool>,
    pub naming: RwSignal<bool>,
    /// Whether it is shown how AI agents will act.
    pub instructing: RwSignal<bool>,
    pub setting: RwSignal<bool>,
    pub hook: StoredValue<String>,
    pub doing: Doing,
    pub toasts: Toasts,
    /// What a screen reader is told.
    pub said: RwSignal<String>,
    pub clock: Clock,
    copy: StoredValue<Option<WorkingCopy>>,
}

impl Screen {
    pub fn new(builder: Builder) -> Self {
        let me = expect_context::<crate::api::Me>().person.id;
        let Builder { workflow, graph, copy, surroundings, hook, test, .. } = builder;
        let id = workflow.id;
        let state = RwSignal::new(BuilderState::fresh(graph, workflow.revision, None));
        let workflow = RwSignal::new(workflow);
        let workspace = RwSignal::new(surroundings.workspace());
        let around = StoredValue::new(surroundings);
        let graph = Memo::new(move |_| state.with(|state| Arc::clone(state.graph())));
        let trace = RwSignal::new(None);
        let clock: Clock = expect_context();
        let check = move |_: Option<&_>| {
            graph.with(|graph| {
                let mut flaws = workspace.with(|workspace| check::check(graph, workspace));
                // Only a browser that has taken over the page knows zones; until then none is doubted.
                if clock.zone().is_some() {
                    flaws.extend(check::check_zones(graph, &browser::knows_zone));
                }
                flaws
            })
        };
        let flaws: Memo<Vec<Flaw>> = Memo::new(check);
        let faults = Memo::new(move |_| {
            let mut faults = BTreeMap::new();
            for flaw in flaws.get() {
                faults.entry(flaw.at).or_insert_with(|| text::builder::flaw(&flaw));
            }
            faults
        });
        Self {
            id,
            me,
            workflow,
            state,
            graph,
            selected: Memo::new(move |_| state.with(BuilderState::selected)),
            around,
            workspace,
            flaws,
            advice: Memo::new(move |_| graph.with(|graph| check::advise(graph))),
            faults,
            closes_loop: RwSignal::new(None),
            locked: Memo::new(move |_| workflow.with(|workflow| !workflow.status.may_change())),
            look: RwSignal::new(Look::Canvas),
            zoom: RwSignal::new(100),
            center: RwSignal::new(0),
            drawer: RwSignal::new(false),
            adding: RwSignal::new(None),
            choosing: RwSignal::new(false),
            doomed: RwSignal::new(None),
            newer: RwSignal::new(None),
            restored: RwSignal::new(false),
            keeping: Keeping::new(),
            stopping: RwSignal::new(false),
            beside_bots: RwSignal::new(None),
            unpublished: RwSignal::new(None),
            test: RwSignal::new(test),
            testing: RwSignal::new(false),
            trace,
            trail: Memo::new(move |_| trace.with(trail)),
            tracing: RwSignal::new(false),
            rehearsing: RwSignal::new(false),
            naming: RwSignal::new(false),
            instructing: RwSignal::new(false),
            setting: RwSignal::new(false),
            hook: StoredValue::new(hook),
            doing: Doing::nothing(),
            toasts: expect_context(),
            said: RwSignal::new(String::new()),
            clock,
            copy: StoredValue::new(copy),
        }
    }

    /// Goes on where this person left off, in this browser or another.
    pub fn begin(self) {
        let kept = browser::recall(LOOK);
        let outline = kept.as_deref() == Some(Look::Outline.as_str())
            || (kept.is_none() && browser::is_narrower_than(PHONE));
        self.look.set(if outline { Look::Outline } else { Look::Canvas });
        // While it runs nothing can be changed; what was built waits until it is stopped.
        if !self.locked.get_untracked() {
            self.restore();
        }
    }

    fn restore(self) {
        let copy = self.copy.get_value().map(|copy| Unsaved { graph: copy.graph, revision: copy.revision });
        let (saved, revision) =
            self.state.with_untracked(|state| (Arc::clone(state.graph()), state.revision()));
        let here = self.kept();
        let only_here = here.is_some();
        let built = match begin(&saved, revision, copy, here) {
            Begin::Saved => return,
            Begin::Built(built) => {
                self.restored.set(true);
                built
            }
            Begin::Outdated(built) => {
                self.newer.set(Some((self.workflow.get_untracked(), Graph::clone(&saved))));
                built
            }
        };
        self.state.set(BuilderState::fresh(Graph::clone(&saved), revision, Some(built)));
        match self.copy.with_value(|copy| copy.as_ref().map(|copy| copy.updated_at)) {
            Some(at) if !only_here => self.keeping.kept.set(Kept::At(at)),
            _ => self.changed(),
        }
    }

    /// Takes in what the server says it is now, as after a stop.
    pub fn take_in(self, builder: Builder) {
        let Builder { workflow, graph, copy, surroundings, hook, test, .. } = builder;
        self.know(surroundings);
        self.state.set(BuilderState::fresh(graph, workflow.revision, None));
        self.workflow.set(workflow);
        self.hook.set_value(hook);
        self.test.set(test);
        self.copy.set_value(copy);
        if !self.locked.get_untracked() {
            self.restore();
        }
    }

    /// Knows what there is in the workspace now.
    pub fn know(self, surroundings: Surroundings) {
        let workspace = surroundings.workspace();
        self.around.set_value(surroundings);
        self.workspace.set(workspace);
    }

    /// Looks at the workflow in another way, and remembers it.
    pub fn look_as(self, look: Look) {
        self.look.set(look);
        browser::keep(LOOK, look.as_str());
    }

    /// What a step is called.
    pub fn name_of(self, id: StepId) -> String {
        self.graph.with(|graph| graph.steps.get(&id).map(|step| step.name.clone()).unwrap_or_default())
    }

    /// What a step's author tells the next one.
    pub fn comment_of(self, id: StepId) -> String {
        self.graph.with(|graph| graph.steps.get(&id).map(|step| step.comment.clone()).unwrap_or_default())
    }
}

fn trail(detail: &Option<RunDetail>) -> Trail {
    detail.as_ref().map(|detail| Trail::of(&detail.lines, &detail.run.now)).unwrap_or_default()
}
