/** What users set of the watcher, feature by feature. */
@NullMarked
package io.freshet.watcher.settings;

import org.jspecify.annotations.NullMarked;
