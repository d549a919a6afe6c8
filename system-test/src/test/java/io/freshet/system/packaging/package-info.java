/** What is packaged: caches, licences, and mistakes that would be found. */
@NullMarked
package io.freshet.system.packaging;

import org.jspecify.annotations.NullMarked;
