// SPDX-FileCopyrightText: 2026 The Presently authors
// SPDX-License-Identifier: Apache-2.0

#include "ui/desktop/newconversationdialog.h"

#include "models/store/session.h"
#include "models/text/cleantext.h"
#include "ui/desktop/persondelegate.h"
#include "ui/desktop/plainlabel.h"
#include "ui/desktop/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace presently::ui {

namespace {

constexpr QSize Size{420, 520};
constexpr int Margin = 24;
constexpr std::chrono::milliseconds SearchDelay{200};

} // namespace

NewConversationDialog::NewConversationDialog(Session &session, Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_session(session)
    , m_theme(theme)
    , m_query(new QLineEdit(this))
    , m_found(new QListWidget(this))
    , m_picked(new PlainLabel({}, this))
    , m_title(new QLineEdit(this))
    , m_start(new QPushButton(tr("Start"), this))
{
    build();
    m_searchSoon.setSingleShot(true);
    m_searchSoon.setInterval(SearchDelay);
    connect(&m_searchSoon, &QTimer::timeout, this, &NewConversationDialog::search);
    connect(m_query, &QLineEdit::textChanged, &m_searchSoon, qOverload<>(&QTimer::start));
    connect(&session, &Session::peopleFound, this, &NewConversationDialog::present);
    connect(m_found, &QListWidget::itemChanged, this,
        [this](QListWidgetItem *item) { onItemChanged(*item); });
    connect(m_found, &QListWidget::itemClicked, this, [](QListWidgetItem *item) { toggle(*item); });
    // The second click of a fast pair comes as this alone.
    connect(m_found, &QListWidget::itemDoubleClicked, this,
        [](QListWidgetItem *item) { toggle(*item); });
    connect(&theme, &Theme::changed, m_found->viewport(), qOverload<>(&QWidget::update));
    connect(m_start, &QPushButton::clicked, this, &NewConversationDialog::start);
    refreshPicked();
    search();
}

void NewConversationDialog::build()
{
    setObjectName(u"newConversationDialog"_s);
    setWindowTitle(tr("New conversation"));
    resize(Size);
    auto *title = new PlainLabel(tr("Whom would you like to talk to?"), this);
    title->setProperty("role", u"title"_s);
    m_query->setObjectName(u"peopleField"_s);
    m_query->setPlaceholderText(tr("Name or login"));
    m_query->setAccessibleName(tr("Find people by name or login"));
    m_query->setClearButtonEnabled(true);
    m_found->setObjectName(u"foundPeople"_s);
    m_found->setAccessibleName(tr("People found"));
    m_found->setFrameShape(QFrame::NoFrame);
    m_found->setItemDelegate(new PersonDelegate(m_theme, m_found));
    m_found->setMouseTracking(true);
    m_found->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_found->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (QObject *watched : {static_cast<QObject *>(m_found), static_cast<QObject *>(m_query)})
        watched->installEventFilter(this);
    m_picked->setProperty("role", u"secondary"_s);
    m_picked->setWordWrap(true);
    m_title->setObjectName(u"groupTitle"_s);
    m_title->setPlaceholderText(tr("Name of the group (optional)"));
    m_title->setAccessibleName(tr("Name of the group"));
    m_title->setMaxLength(200);
    m_start->setObjectName(u"startButton"_s);
    m_start->setProperty("role", u"primary"_s);
    m_start->setDefault(true);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setAutoDefault(false);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_start);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Margin, Margin, Margin, Margin);
    column->setSpacing(10);
    column->addWidget(title);
    column->addWidget(m_query);
    column->addWidget(m_found, 1);
    column->addWidget(m_picked);
    column->addWidget(m_title);
    column->addLayout(buttons);
}

void NewConversationDialog::search()
{
    m_session.submit(SearchPeopleCommand{m_query->text().trimmed()});
}

void NewConversationDialog::present(const QString &query, const QList<Person> &people)
{
    if (query != m_query->text().trimmed())
        return; // an answer to an older question
    const QSignalBlocker quiet(m_found);
    m_people = people;
    m_found->clear();
    for (const Person &person : people) {
        const QString name = cleanName(person.displayName);
        const QString handle = cleanName(person.handle);
        const QString words = handle.isEmpty() || handle == name
            ? name
            : tr("%1 (%2)", "a name and the login behind it").arg(name, handle);
        auto *item = new QListWidgetItem(words, m_found);
        item->setData(PersonDelegate::UserRole, person.user.value);
        item->setData(PersonDelegate::NameRole, name);
        item->setData(PersonDelegate::LoginRole, handle == name ? QString() : handle);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        const bool isChosen = std::ranges::any_of(
            m_chosen, [&](const Person &chosen) { return chosen.user == person.user; });
        item->setCheckState(isChosen ? Qt::Checked : Qt::Unchecked);
    }
    refreshPicked();
}

void NewConversationDialog::toggle(QListWidgetItem &item)
{
    item.setCheckState(item.checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
}

//! Enter picks the row that has the keyboard; it starts the conversation from everywhere else.
bool NewConversationDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    const bool isEnter = key == Qt::Key_Return || key == Qt::Key_Enter;
    if (watched == m_found && isEnter && m_found->currentItem()) {
        toggle(*m_found->currentItem());
        return true;
    }
    if (watched == m_query && key == Qt::Key_Down && m_found->count() > 0) {
        m_found->setFocus();
        m_found->setCurrentRow(std::max(0, m_found->currentRow()));
        return true;
    }
    return QDialog::eventFilter(watched, event);
}

void NewConversationDialog::onItemChanged(const QListWidgetItem &item)
{
    const Person person = m_people.value(m_found->row(&item));
    m_chosen.removeIf([&](const Person &chosen) { return chosen.user == person.user; });
    if (item.checkState() == Qt::Checked)
        m_chosen.append(person);
    refreshPicked();
}

void NewConversationDialog::refreshPicked()
{
    QStringList names;
    for (const Person &person : std::as_const(m_chosen))
        names << cleanName(person.displayName);
    if (!names.isEmpty())
        m_picked->setText(tr("With %1").arg(locale().createSeparatedList(names)));
    else if (m_people.isEmpty() && !m_query->text().trimmed().isEmpty())
        m_picked->setText(tr("Nobody found with a name or login like this."));
    else
        m_picked->setText(tr("Pick one person, or several for a group."));
    m_title->setVisible(m_chosen.size() > 1);
    m_start->setEnabled(!m_chosen.isEmpty());
}

void NewConversationDialog::start()
{
    StartConversationCommand command;
    for (const Person &person : std::as_const(m_chosen))
        command.people << person.user;
    if (m_chosen.size() > 1)
        command.title = m_title->text().trimmed();
    m_session.submit(command);
    accept();
}

} // namespace presently::ui
