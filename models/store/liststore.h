// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

namespace presently {

//! \brief A store whose content has an order: says before and after which rows change.
//!
//! Each `aboutTo...` is followed by its counterpart before anything else is said, so that an item
//! model can pass them on as they come. Rows are positions of the store, not of a view.
//! Threading: one thread.
class ListStore : public QObject
{
    Q_OBJECT
    Q_DISABLE_COPY_MOVE(ListStore)

public:
    using QObject::QObject;
    [[nodiscard]] virtual int count() const = 0;

Q_SIGNALS:
    void aboutToInsert(int first, int last);
    void inserted(int first, int last);
    void aboutToRemove(int first, int last);
    void removed(int first, int last);
    void changed(int first, int last); //!< content only; the rows stay where they are
    void aboutToReset();
    void wasReset();
};

} // namespace presently
