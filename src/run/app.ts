// Builds everything a command needs, once, from a project; closes it in reverse order.

import { join } from 'node:path';
import type { ModelAnnotator } from '../annotate/model/annotator.ts';
import type { Collector } from '../collect/collector.ts';
import { type Egress, openEgress } from '../egress/egress.ts';
import type { EgressPolicy } from '../egress/policy.ts';
import { DEFAULT_POLICY, type Policy, policyId } from '../govern/policy.ts';
import { type Codebook, codebookVersion } from '../model/codebook.ts';
import { DataSensError } from '../model/error.ts';
import type { CodebookVersion, PolicyId, RecipeId, SourceName } from '../model/identity.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { DEFAULT_RECIPE, type Recipe, recipeId } from '../model/recipe.ts';
import { type Database, openBeside, openDatabase } from '../store/database.ts';
import { type Keyring, openKeyring } from '../store/keys.ts';
import type { Objects } from '../store/objects.ts';
import { openObjects } from '../store/open-objects.ts';
import { openQueue, type Queue } from '../store/queue.ts';
import { savePolicy, saveRecipe, saveSources } from '../store/sources.ts';
import { type Asking, openAsking } from './asking.ts';
import { readCodebook, requireCodebookSource } from './codebook-file.ts';
import { keepCodebook } from './codebook-keeping.ts';
import { type Context, configureContext } from './context-sources.ts';
import { urlsIn } from './declared-addresses.ts';
import { withLearnedNames } from './learned-names.ts';
import { type AnnotatorEntries, type ConfiguredModel, configureModels, threadAnnotators } from './models.ts';
import { loadCollectors, loadModels, pick } from './plugins.ts';
import { openProject, type Project } from './project.ts';
import { type Derivation, settleRecipes } from './recipes-in-force.ts';
import { openStatistics, type Statistics } from './statistics.ts';
import { databaseUrl, objectsUrl } from './store-places.ts';
import { fetchStudents, type StudentAtHand } from './students.ts';
import { openThreads, type Threads } from './threads.ts';
import { version } from './version.ts';

const CONTROL_POOL = 4;

export interface ConfiguredSource extends Derivation {
  readonly settings: Project['settings']['sources'][string];
  readonly collector: Collector;
  /** `with`, parsed by the collector's own schema. */
  readonly config: unknown;
}

export interface App {
  readonly project: Project;
  readonly database: Database;
  /** The same, for what people wait for: its connections are never held by a batch. */
  readonly control: Database;
  readonly objects: Objects;
  readonly keyring: Keyring;
  readonly queue: Queue;
  readonly egress: Egress;
  readonly threads: Threads;
  readonly statistics: Statistics;
  /** Under the recipes in force, which the settings' may wait to replace. */
  readonly sources: readonly ConfiguredSource[];
  /** Those whose settings ask for another recipe than the one in force, under that one. */
  readonly proposals: readonly ConfiguredSource[];
  /** Those whose settings ask for a recipe that a person refused. */
  readonly refusedRecipes: readonly SourceName[];
  /** Null where the settings say nothing of context. */
  readonly context: Context | null;
  /** Recipes in force of all sources: documents made by others are past, or not there yet. */
  readonly recipes: readonly RecipeId[];
  /** Annotators of the settings that run in threads, as written there. */
  readonly threadAnnotators: AnnotatorEntries;
  /** Those that are models, asked over the network. */
  readonly models: readonly ConfiguredModel[];
  readonly asking: Asking;
  readonly codebook: Codebook | null;
  readonly codebookVersion: CodebookVersion | null;
  readonly policy: Policy;
  readonly policyId: PolicyId;
  /** The promoted students that judge under the codebook; none where the settings do not name `student`. */
  readonly students: readonly StudentAtHand[];
  readonly clock: () => Date;
  readonly signal: AbortSignal;
  /** Looks again at which students are promoted. */
  refreshStudents(): Promise<void>;
  /**
   * Reads the settings file again: sources, codebook and policy are those of the file from now on. Where the database and the
   * objects are is read at start only. @throws settings-missing, settings-invalid; what was in force stays
   */
  reload(): Promise<void>;
  /** Finds again which recipes are in force: somebody may have decided. Gives what changes by it. */
  refresh(): Promise<Pick<App, 'sources' | 'proposals' | 'refusedRecipes' | 'recipes'>>;
  close(): Promise<void>;
}

/** The app as those see it who read while others work. */
export function besideWork(app: App): App {
  // By inheritance: what the settings say must stay what they say now.
  return Object.create(app, { database: { value: app.control, enumerable: true } }) as App;
}

export interface AppEffects {
  readonly signal: AbortSignal;
  readonly clock?: () => Date;
  /** True for a process that stays: it watches the time and sends what is scheduled. */
  readonly keepsTime?: boolean;
  /** Somebody else's, who closes them: several apps of one process may share them. */
  readonly threads?: Threads;
  readonly asking?: Asking;
}

/** Opens database (starting the embedded one if need be), objects, keys, queue and threads of a project. */
export async function openApp(project: Project, effects: AppEffects): Promise<App> {
  const { signal, clock = () => new Date(), keepsTime = false } = effects;
  const [collectors, presets] = await Promise.all([loadCollectors(), loadModels()]);
  const plugins = { collectors, presets };
  let current = configure(project, plugins);
  const database = await openDatabase({
    url: await databaseUrl(project),
    organisation: project.settings.organisation,
    poolSize: 8,
  });
  const control = openBeside(database, CONTROL_POOL);
  const keyring = await openKeyring(join(project.private, 'keys'));
  const objects = await openObjects(objectsUrl(project), { root: project.root });
  const queue = await openQueue(database.url, { clock: keepsTime });
  const threads = effects.threads ?? openThreads();
  const statistics = openStatistics(database);
  const allow: EgressPolicy = {
    get collect() {
      // The parsed settings too: a preset that they name brings its address.
      const sources = [...current.sources, ...(current.context?.sources ?? [])];
      return sources.flatMap((source) => urlsIn([source.settings.with, source.config]));
    },
    get text() {
      return current.project.settings.sovereignty.textMayGoTo;
    },
  };
  const identity = { version: version(), ...(project.settings.contact ? { contact: project.settings.contact } : {}) };
  const egress = openEgress({ allow, clock, identity });
  const close = async () => {
    await egress.close();
    if (effects.threads === undefined) await threads.close();
    await statistics.settle();
    await queue.close();
    await control.close();
    await database.close();
  };
  try {
    current = await remember(database, current, collectors);
  } catch (error) {
    await close();
    throw error;
  }
  let students = await fetchStudents({ database, objects, ...current });
  return {
    get project() {
      return current.project;
    },
    get sources() {
      return current.sources;
    },
    get proposals() {
      return current.proposals;
    },
    get refusedRecipes() {
      return current.refusedRecipes;
    },
    get context() {
      return current.context;
    },
    get recipes() {
      return current.recipes;
    },
    get threadAnnotators() {
      return current.threadAnnotators;
    },
    get models() {
      return current.models;
    },
    asking: effects.asking ?? openAsking(),
    get codebook() {
      return current.codebook;
    },
    get codebookVersion() {
      return current.codebookVersion;
    },
    get policy() {
      return current.policy;
    },
    get policyId() {
      return current.policyId;
    },
    get students() {
      return students;
    },
    database,
    control,
    objects,
    keyring,
    queue,
    egress,
    threads,
    statistics,
    clock,
    signal,
    async reload() {
      current = await remember(database, configure(openProject(project.root), plugins), collectors);
      students = await fetchStudents({ database, objects, ...current });
    },
    async refreshStudents() {
      students = await fetchStudents({ database, objects, ...current });
    },
    async refresh() {
      current = await remember(database, current, collectors);
      const { sources, proposals, refusedRecipes, recipes } = current;
      return { sources, proposals, refusedRecipes, recipes };
    },
    close,
  };
}

interface Configuration
  extends Pick<
    App,
    | 'project'
    | 'sources'
    | 'proposals'
    | 'refusedRecipes'
    | 'context'
    | 'recipes'
    | 'threadAnnotators'
    | 'models'
    | 'codebook'
    | 'codebookVersion'
    | 'policy'
    | 'policyId'
  > {
  /** The sources as the settings ask for them. */
  readonly asked: readonly ConfiguredSource[];
}

interface Plugins {
  readonly collectors: ReadonlyMap<string, Collector>;
  readonly presets: ReadonlyMap<string, ModelAnnotator>;
}

/** What the settings mean, all of it checked. @throws settings-invalid, input-missing */
function configure(project: Project, { collectors, presets }: Plugins): Configuration {
  const sources = configureSources(project, collectors);
  const codebook = readCodebook(project);
  const policy = readPolicy(project);
  return {
    project,
    asked: sources,
    sources,
    proposals: [],
    refusedRecipes: [],
    context: configureContext(project, collectors),
    recipes: [],
    threadAnnotators: threadAnnotators(project, presets),
    models: configureModels(project, presets, codebook),
    codebook,
    codebookVersion: codebook ? codebookVersion(codebook) : null,
    policy,
    policyId: policyId(policy),
  };
}

/** Keeps the settings' parts as they are now: what is made from here on names them. Says which recipes are in force. */
function remember(
  database: Database,
  configuration: Configuration,
  collectors: ReadonlyMap<string, Collector>,
): Promise<Configuration> {
  const { codebook, policy, policyId: id } = configuration;
  return database.transaction(async (tx) => {
    const asked = await withLearnedNames(tx, configuration);
    for (const source of asked) await saveRecipe(tx, source.recipeId, { ...source.recipe });
    const { sources, proposals, refused } = await settleRecipes(tx, asked, collectors);
    await saveSources(tx, asked.map(describeSource));
    if (codebook) await keepCodebook(tx, codebook, requireCodebookSource(configuration.project));
    await savePolicy(tx, id, { ...policy } as unknown as JsonObject);
    const recipes = [...new Set(sources.map(({ recipeId: inForce }) => inForce))];
    return { ...configuration, sources, proposals, refusedRecipes: refused, recipes };
  });
}

/** Sources with their collectors; every mistake in every `with` is named at once. @throws settings-invalid */
export function configureSources(
  project: Project,
  collectors: ReadonlyMap<string, Collector>,
): readonly ConfiguredSource[] {
  const mistakes: string[] = [];
  const sources = Object.entries(project.settings.sources).flatMap(([name, settings]) => {
    try {
      const collector = pick(collectors, settings.collector, 'collector');
      const parsed = collector.config.safeParse(settings.with);
      if (parsed.success) return [configured(name, settings, collector, parsed.data, project)];
      mistakes.push(
        ...parsed.error.issues.map((issue) => `  sources.${name}.with.${issue.path.join('.')}: ${issue.message}`),
      );
    } catch (error) {
      if (!(error instanceof DataSensError)) throw error;
      mistakes.push(`  sources.${name}.collector: ${error.message}; ${error.remedy ?? ''}`);
    }
    return [];
  });
  if (mistakes.length === 0) return sources;
  throw new DataSensError(
    'settings-invalid',
    `the sources have ${mistakes.length} mistake(s):\n${mistakes.join('\n')}`,
    {
      remedy: '`datasens explain <collector>` shows what a collector needs',
    },
  );
}

function configured(
  name: string,
  settings: Project['settings']['sources'][string],
  collector: Collector,
  config: unknown,
  project: Project,
): ConfiguredSource {
  const recipe: Recipe = {
    version: DEFAULT_RECIPE.version,
    maximumTextLength: project.settings.refine.maximumTextLength,
    split: project.settings.refine.split,
    keepPersonal: project.settings.refine.keepPersonal,
    // A new column mapping derives other documents from the same records.
    mapping: (collector.reading?.(config) ?? settings.with.map ?? {}) as JsonObject,
    territory: settings.territory ?? null,
  };
  return {
    name: name as SourceName,
    settings,
    collector,
    config,
    recipe,
    recipeId: recipeId(recipe),
    reading: { collector: settings.collector, config: config as Json },
    derivable: true,
  };
}

function describeSource({ name, settings }: ConfiguredSource) {
  return { name, collector: settings.collector, settings: settings as unknown as JsonObject };
}

function readPolicy(project: Project): Policy {
  const { refuseFindings } = project.settings.govern;
  return refuseFindings ? { ...DEFAULT_POLICY, refuseFindings } : DEFAULT_POLICY;
}
