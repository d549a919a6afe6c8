package io.freshet.storage;

import io.freshet.run.RunId;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the blobs of a run lie in the jobs container. Names of input, index, output and results blobs are those that
 * workers of the original job scheduler know.
 */
public final class RunFiles {
    /** One empty blob for each run that is not finished and announced: what the watcher looks after. */
    public static final String ACTIVE_PREFIX = "active/";

    /** One empty blob for each run whose input is on its way and that is not released yet. */
    public static final String UPLOADING_PREFIX = "uploading/";

    /** A run's month and number, if they can be a run id's: a blob in any other folder is none of ours. */
    private static final String FOLDER = "([\\d-]+)/(\\d+)/";

    private static final Pattern RUN_FOLDER = Pattern.compile(FOLDER);
    private static final Pattern OUTPUT = Pattern.compile(FOLDER + "output_(\\d{1,9})\\.json");
    private static final Pattern RESULTS = Pattern.compile(FOLDER + "results\\.json");
    private static final Pattern LINES = Pattern.compile(FOLDER + "(?:input|results|output_\\d{1,9})\\.json");

    private RunFiles() {}

    /** Folder of a run, with the slash. */
    public static String folder(RunId run) {
        return run.blobPrefix() + "/";
    }

    /** Whether this is where runs of a month lie. */
    public static boolean isMonthFolder(String folder) {
        return folder.endsWith("/") && RunId.isMonth(folder.substring(0, folder.length() - 1));
    }

    /** Which run's folder this is; empty if it is none's. */
    public static Optional<RunId> parseFolder(String folder) {
        return run(RUN_FOLDER.matcher(folder));
    }

    public static String active(RunId run) {
        return ACTIVE_PREFIX + run;
    }

    public static String uploading(RunId run) {
        return UPLOADING_PREFIX + run;
    }

    /** What a client's idempotency key led to. */
    public static String idempotency(String keyHash) {
        return "idempotency/" + keyHash;
    }

    public static String document(RunId run) {
        return folder(run) + "run.json";
    }

    /** The SAS that a run's input is read with; for the eyes of workers only, and gone when the run ends. */
    public static String access(RunId run) {
        return folder(run) + "access";
    }

    public static String input(RunId run) {
        return folder(run) + "input.json";
    }

    /** @param part 1-based */
    public static String output(RunId run, int part) {
        return folder(run) + "output_" + part + ".json";
    }

    /** @param part 1-based */
    public static String errors(RunId run, int part) {
        return errors(run) + part + ".json";
    }

    /** Common beginning of the reports of all parts. */
    public static String errors(RunId run) {
        return folder(run) + "errors_";
    }

    public static String results(RunId run) {
        return folder(run) + "results.json";
    }

    /** Claimed by whoever merges the results. */
    public static String mergeIndex(RunId run) {
        return folder(run) + "ctrl_merge";
    }

    /** Intermediate blob of a merge that is too wide for one step. */
    public static String mergeGroup(RunId run, int generation, int group) {
        return mergeGroups(run, generation) + group;
    }

    /** Common beginning of the intermediate blobs of one execution's merge. */
    public static String mergeGroups(RunId run, int generation) {
        return folder(run) + "merge_" + generation + "_";
    }

    /** Common beginning of the index blobs of all parts. */
    public static String indexes(RunId run) {
        return folder(run) + "ctrl_input_";
    }

    /**
     * Beginning of the index blob of one part.
     *
     * @param part 1-based
     */
    public static String index(RunId run, int part) {
        return indexes(run) + part + "_";
    }

    public static String outputs(RunId run) {
        return folder(run) + "output_";
    }

    /** Which run's output this is, and of which part (1-based); null if it is none. */
    public static @Nullable OutputName parseOutput(String blob) {
        Matcher m = OUTPUT.matcher(blob);
        return run(m).map(run -> new OutputName(run, Integer.parseInt(m.group(3))))
                .orElse(null);
    }

    /** Which run's merged results this is; null if it is none. */
    public static @Nullable RunId parseResults(String blob) {
        return run(RESULTS.matcher(blob)).orElse(null);
    }

    /** Whether this is a run's input, output or results: lines that another run may read. */
    public static boolean isLines(String blob) {
        return run(LINES.matcher(blob)).isPresent();
    }

    private static Optional<RunId> run(Matcher name) {
        return name.matches() ? RunId.of(name.group(1), name.group(2)) : Optional.empty();
    }

    /** @param part 1-based */
    public record OutputName(RunId run, int part) {}
}
