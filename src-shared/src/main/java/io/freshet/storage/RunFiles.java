package io.freshet.storage;

import io.freshet.run.RunId;
import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the blobs of a run in the jobs container, except for its items. Input and results are named as in the
 * original job scheduler.
 */
public final class RunFiles {
    /** One empty blob per run that is not yet finished and announced: the runs that the watcher reconciles. */
    public static final String ACTIVE_PREFIX = "active/";

    /** One empty blob per run whose input is being uploaded and that is not released yet. */
    public static final String UPLOADING_PREFIX = "uploading/";

    /** Month and number of a run, if they are valid in a run id; blobs in other folders are not ours. */
    private static final String FOLDER = "(steps/)?([\\d-]+)/(\\d+)/";

    private static final Pattern RUN_FOLDER = Pattern.compile(FOLDER);
    private static final Pattern RESULTS = Pattern.compile(FOLDER + "results\\.json");
    private static final Pattern LINES = Pattern.compile(FOLDER + "(?:input|results|output_\\d{1,9})\\.json");

    private RunFiles() {}

    /** Folder of a run, with the slash. */
    public static String folder(RunId run) {
        return run.blobPrefix() + "/";
    }

    /** Whether this is the folder of a month. */
    public static boolean isMonthFolder(String folder) {
        return folder.endsWith("/") && RunId.isMonth(folder.substring(0, folder.length() - 1));
    }

    /** The run of a folder; empty if it is not the folder of a run. */
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

    /** The SAS with which a run's input is read; for workers only, and removed when the run ends. */
    public static String access(RunId run) {
        return folder(run) + "access";
    }

    /** The inputs of a step that were part of its orchestration's decision, one JSON text per line. */
    public static String inputs(RunId run) {
        return folder(run) + "inputs.jsonl";
    }

    public static String input(RunId run) {
        return folder(run) + "input.json";
    }

    public static String results(RunId run) {
        return folder(run) + "results.json";
    }

    /** The run whose merged results this is; null if it is none. */
    public static @Nullable RunId parseResults(String blob) {
        return run(RESULTS.matcher(blob)).orElse(null);
    }

    /** Whether this is a run's input, output or results: lines that another run may read. */
    public static boolean isLines(String blob) {
        return parseLines(blob) != null;
    }

    /** The run whose input, output or results this is; null if it is none. */
    public static @Nullable RunId parseLines(String blob) {
        return run(LINES.matcher(blob)).orElse(null);
    }

    private static Optional<RunId> run(Matcher name) {
        return name.matches() ? RunId.of(name.group(1) != null, name.group(2), name.group(3)) : Optional.empty();
    }
}
