/** What Azure would make of the templates, against the README, the settings and the manifests. */
@NullMarked
package io.freshet.e2e.azure;

import org.jspecify.annotations.NullMarked;
